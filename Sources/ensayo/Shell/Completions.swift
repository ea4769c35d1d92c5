import ArgumentParser
import FoundationEssentials
import Scenario
import Workshop

/// What a shell proposes where Ensayo knows better than file names.
extension CompletionKind {
    /// The lessons, folders, and files with these endings.
    static func lessons(_ endings: String...) -> CompletionKind {
        .custom { words, _, typed in
            PackOptions.choose(namedIn: words)
            return Proposals.lessons + Proposals.files(typed) { name in endings.contains { name.hasSuffix("." + $0) } }
        }
    }

    /// The steps of the lesson that stands on the line.
    static var steps: CompletionKind {
        .custom { words, _, _ in
            PackOptions.choose(namedIn: words)
            return Proposals.lesson(in: words)?.steps.map(\.id) ?? []
        }
    }

    /// The scenarios of the lesson that stands on the line.
    static var scenarios: CompletionKind {
        .custom { words, _, _ in
            PackOptions.choose(namedIn: words)
            return Proposals.lesson(in: words)?.scenarios.map(\.name) ?? []
        }
    }

    static var themes: CompletionKind {
        .custom { _, _, _ in (try? Installation.find()).map { ThemeFile.names(in: $0.assets) } ?? [] }
    }
}

private enum Proposals {
    static var lessons: [String] { (try? Installation.find())?.library.entries.map(\.id) ?? [] }

    static func lesson(in words: [String]) -> Lesson? {
        guard let installation = try? Installation.find() else { return nil }
        let known = Set(lessons)
        // Its id says it best; a number might be another option's.
        if let id = words.first(where: known.contains) { return try? installation.lesson(id) }
        return words.lazy.filter { !$0.hasPrefix("-") }.compactMap { try? installation.lesson($0) }.first
    }

    /// The files in the folder that is being typed, and its folders.
    static func files(_ typed: String, _ isWanted: (String) -> Bool) -> [String] {
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") }.compactMap { name in
            if Installation.isFolder(folder + name) { return folder + name + "/" }
            return isWanted(name) ? folder + name : nil
        }
    }
}

import Scenario

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lessons in a folder, in the order in which they are taught.
public struct LessonLibrary: Sendable {
    /// A lesson's folder, not read yet.
    public struct Entry: Hashable, Sendable {
        public var number: Int
        public var id: String
        /// Path of the folder.
        public var folder: String
    }

    /// No lesson's file is larger.
    private static let maximumBytes = 1 << 20

    public let folder: String
    public let entries: [Entry]

    /// Looks for folders called `NN-id`. A folder that is not there has no lessons.
    public init(folder: String) {
        self.folder = folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        entries = names.compactMap { name -> Entry? in
            let parts = name.split(separator: "-", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[0]), !name.hasPrefix(".") else { return nil }
            return Entry(number: number, id: String(parts[1]), folder: "\(folder)/\(name)")
        }
        .sorted { ($0.number, $0.id) < ($1.number, $1.id) }
    }

    /// The lesson that somebody means by its id, number, folder's name, or the beginning of its id.
    ///
    /// Throws ``ScenarioError`` that says which lessons there are.
    public func entry(_ name: String) throws(ScenarioError) -> Entry {
        if let number = Int(name), let entry = entries.first(where: { $0.number == number }) { return entry }
        let exact = entries.first { $0.id == name || $0.folder.hasSuffix("/" + name) && !name.isEmpty }
        if let exact { return exact }
        let matching = name.isEmpty ? [] : entries.filter { $0.id.hasPrefix(name) }
        if matching.count == 1 { return matching[0] }
        let ids = (matching.isEmpty ? entries : matching).map(\.id)
        let problem =
            matching.count > 1
            ? Problem(
                file: folder, message: "\(SafeText.quoted(name)) could be any of: \(ids.joined(separator: ", "))")
            : Problem(
                file: folder, message: "there is no lesson \(SafeText.quoted(name))",
                suggestion: Suggestion.nearest(to: name, in: ids).map { "did you mean \"\($0)\"?" }
                    ?? (ids.isEmpty ? "the folder has no lessons" : "lessons: \(ids.joined(separator: ", "))"))
        throw ScenarioError(problems: [problem])
    }

    /// Reads a lesson to take it. Throws ``ScenarioError`` with the problems of its files; ``LessonLint`` finds more.
    public func load(_ entry: Entry) throws(ScenarioError) -> Lesson {
        try LessonReader.read(Self.source(folder: entry.folder), tryingChanges: false)
    }

    /// Reads what the menu shows of a lesson. Throws ``ScenarioError`` when its head cannot be read.
    public func cover(_ entry: Entry) throws(ScenarioError) -> LessonCover {
        try LessonCover.read(Self.source(folder: entry.folder))
    }

    /// Reads the lesson that somebody means: see ``entry(_:)``.
    public func load(_ name: String) throws(ScenarioError) -> Lesson { try load(entry(name)) }

    /// A lesson's files as they are on disk; those that cannot be read are `nil`.
    public static func source(folder: String) -> LessonSource {
        let known = [LessonSource.yamlName, "en.md", "es.md"]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        func bytes(_ name: String) -> [UInt8]? {
            let path = "\(folder)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            // A little more than is allowed is enough for the reader to say so.
            guard let size = attributes?[.size] as? Int, size <= 2 * maximumBytes else { return nil }
            return FileManager.default.contents(atPath: path).map { Array($0) }
        }
        return LessonSource(
            folder: folder, yaml: bytes(known[0]), english: bytes(known[1]), spanish: bytes(known[2]),
            others: names.filter { !known.contains($0) }.sorted(), keyFiles: .below(folder))
    }
}

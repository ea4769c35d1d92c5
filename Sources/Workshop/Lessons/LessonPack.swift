import Scenario

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder of lessons: those that come with Ensayo, or a pack that somebody else wrote.
///
/// The lessons of a pack lie in folders called `NN-id`, in the folder itself or in one called `Lessons` in it; a folder
/// with a `lesson.yaml` is a pack of that one lesson. What is wrong with one pack, or one lesson of it, hides no other.
struct LessonPack {
    /// More are a mistake: somebody's home folder, perhaps.
    static let mostLessons = 1000

    /// `nil`: the lessons that come with Ensayo.
    let name: String?
    let folder: String
    private(set) var entries: [LessonLibrary.Entry] = []
    private(set) var problems: [Problem] = []

    /// The lessons that come with Ensayo. A folder that is not there has none.
    init(builtIn folder: String) {
        self.folder = folder
        name = nil
        entries = Self.entries(of: Self.names(in: folder) ?? [], in: folder, pack: nil)
    }

    /// A pack, by its folder.
    init(_ path: String) {
        let tidy = Self.tidy(path)
        name = SafeText.line(Self.lastName(of: tidy))
        // Where people are, places are shown as they see them.
        folder = path == "." || path == "./" ? "." : tidy
        var isFolder = false
        if !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            report("there is no such folder of lessons")
        } else if !isFolder {
            report("lessons are in a folder, and this is a file")
        } else if FileManager.default.fileExists(atPath: "\(folder)/\(LessonSource.yamlName)") {
            entries = [LessonLibrary.entry(at: folder)]
        } else {
            readLessons()
        }
    }

    private mutating func readLessons() {
        guard var names = Self.names(in: folder) else { return report("the folder cannot be read") }
        var place = folder
        if !names.contains(where: LessonLibrary.Entry.isName), names.contains("Lessons") {
            place = "\(folder)/Lessons"
            names = Self.names(in: place) ?? []
        }
        let found = Self.entries(of: names, in: place, pack: name)
        let root = Self.real(folder)
        // A pack is somebody else's: what it shows lies in it.
        let isInside = { (entry: LessonLibrary.Entry) in
            Self.real(entry.folder)?.hasPrefix((root ?? "") + "/") == true
        }
        for entry in found where !isInside(entry) {
            problems.append(Problem(file: entry.folder, message: "the lesson is a link that leads out of the pack"))
        }
        entries = found.filter(isInside)
        if found.isEmpty {
            report("the folder has no lessons", suggestion: "a lesson is a folder called NN-id, such as 01-queues")
        }
        if entries.count > Self.mostLessons {
            report("there are \(entries.count) lessons; the first \(Self.mostLessons) are shown")
            entries = Array(entries.prefix(Self.mostLessons))
        }
    }

    private mutating func report(_ message: String, suggestion: String? = nil) {
        problems.append(Problem(file: folder, message: message, suggestion: suggestion))
    }

    // MARK: Names and paths

    /// `nil` where the folder cannot be read.
    private static func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }

    private static func entries(of names: [String], in folder: String, pack: String?) -> [LessonLibrary.Entry] {
        names.filter(LessonLibrary.Entry.isName).map { "\(folder)/\($0)" }
            .filter { path in
                var isFolder = false
                return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
            }
            .map { LessonLibrary.Entry(folder: $0, pack: pack) }
            .sorted { ($0.number, $0.id) < ($1.number, $1.id) }
    }

    /// The path without slashes at its end; `.` and `..` have no name of their own, and become one that has.
    static func tidy(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return [".", ".."].contains(lastName(of: path)) ? real(path) ?? path : path
    }

    /// Where all links have led to; `nil` where there is nothing.
    static func real(_ path: String) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    static func lastName(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    static func parent(of folder: String) -> String {
        let path = real(folder) ?? folder
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }
}

import Scenario

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The lessons there are: those that come with Ensayo in the order in which they are taught, then those of each pack.
public struct LessonLibrary: Sendable {
    /// A lesson's folder, not read yet.
    public struct Entry: Hashable, Sendable {
        public var number: Int
        public var id: String
        /// Path of the folder.
        public var folder: String
        /// The pack that the lesson belongs to; `nil`: it comes with Ensayo.
        public var pack: String?

        /// Whether both are one folder.
        public func isSame(as other: Entry) -> Bool {
            folder == other.folder || LessonPack.real(folder).map { $0 == LessonPack.real(other.folder) } ?? false
        }

        /// A folder called `NN-id`; one that is called otherwise has the number 0.
        init(folder: String, pack: String?) {
            let name = LessonPack.lastName(of: folder)
            let parts = name.split(separator: "-", maxSplits: 1)
            number = Self.isName(name) ? Int(parts[0]) ?? 0 : 0
            id = Self.isName(name) ? String(parts[1]) : name
            self.folder = folder
            self.pack = pack
        }

        /// Whether a folder of this name holds a lesson.
        static func isName(_ name: String) -> Bool {
            let parts = name.split(separator: "-", maxSplits: 1)
            return parts.count == 2 && !name.hasPrefix(".") && Int(parts[0]) != nil
        }
    }

    /// No lesson's file is larger.
    static let maximumBytes = 1 << 20
    /// Some editors begin a file with it; it is no part of the text.
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    /// So many lessons are named in a suggestion.
    private static let mostNamed = 20

    /// The folder of the lessons that come with Ensayo.
    public let folder: String
    public private(set) var entries: [Entry] = []
    /// Packs that cannot be read, and lessons that are left out because another has their id.
    public private(set) var problems: [Problem] = []

    /// Looks for folders called `NN-id`. A folder that is not there has no lessons.
    ///
    /// - Parameter packs: folders with more lessons, or with a single one.
    public init(folder: String, packs: [String] = []) {
        self.folder = folder
        entries = LessonPack(builtIn: folder).entries
        var known = Set([LessonPack.real(folder)])
        for path in packs where known.insert(LessonPack.real(path) ?? path).inserted {
            let pack = LessonPack(path)
            problems += pack.problems
            add(pack.entries)
        }
    }

    private mutating func add(_ new: [Entry]) {
        var places = Dictionary(entries.map { ($0.id, $0.folder) }) { first, _ in first }
        for entry in new {
            guard let other = places[entry.id] else {
                places[entry.id] = entry.folder
                entries.append(entry)
                continue
            }
            if LessonPack.real(other) == LessonPack.real(entry.folder) { continue }
            problems.append(Self.clash(entry, with: other))
        }
    }

    private static func clash(_ entry: Entry, with other: String) -> Problem {
        Problem(
            file: entry.folder, message: "there is a lesson \(SafeText.quoted(entry.id)) already, in \(other)",
            suggestion: "give one of the two another id and folder: \(entry.folder) is left out")
    }

    /// The lessons that are left out where this is a pack beside other lessons, because one of these has their id.
    public func clashes(with other: LessonLibrary) -> [Problem] {
        entries.compactMap { entry in
            let known = other.entries.first { $0.id == entry.id }
            return known.flatMap { $0.isSame(as: entry) ? nil : Self.clash(entry, with: $0.folder) }
        }
    }

    /// The lesson in a folder, wherever that is. Whether it is one is found out when it is read.
    public static func entry(at path: String) -> Entry {
        let folder = LessonPack.tidy(path)
        return Entry(folder: folder, pack: SafeText.line(LessonPack.lastName(of: LessonPack.parent(of: folder))))
    }

    /// The lesson in whose folder `replays` a session lies, if it lies in one.
    public static func entry(holding session: String) -> Entry? {
        let parts = session.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard parts.last == "replays" else { return nil }
        let folder = parts.dropLast().joined(separator: "/")
        let path = folder.isEmpty ? "." : folder
        guard FileManager.default.fileExists(atPath: "\(path)/\(LessonSource.yamlName)") else { return nil }
        return entry(at: path)
    }

    /// The library as a session sees it: one that lies in a lesson's own folder is about that lesson.
    public func including(lessonOf session: String) -> LessonLibrary {
        Self.entry(holding: session).map { including($0) } ?? self
    }

    /// The library with a lesson that somebody named by its folder: it counts over another of its id.
    public func including(_ entry: Entry) -> LessonLibrary {
        var library = self
        if let index = entries.firstIndex(where: { $0.id == entry.id }) {
            let isSame = LessonPack.real(entries[index].folder) == LessonPack.real(entry.folder)
            library.entries[index] = entry
            if isSame { library.entries[index].pack = entries[index].pack }
        } else {
            library.entries.append(entry)
        }
        return library
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
        let ids = (matching.isEmpty ? entries : matching).map { SafeText.line($0.id) }
        let named = ids.prefix(Self.mostNamed).joined(separator: ", ") + (ids.count > Self.mostNamed ? ", …" : "")
        let problem =
            matching.count > 1
            ? Problem(
                file: folder, message: "\(SafeText.quoted(name)) could be any of: \(named)")
            : Problem(
                file: folder, message: "there is no lesson \(SafeText.quoted(name))",
                suggestion: Suggestion.nearest(to: name, in: ids).map { "did you mean \"\($0)\"?" }
                    ?? (ids.isEmpty ? "the folder has no lessons" : "lessons: \(named)"))
        throw ScenarioError(problems: [problem])
    }

    /// Reads a lesson to take it. Throws ``ScenarioError`` with the problems of its files; ``LessonLint`` finds more.
    public func load(_ entry: Entry) throws(ScenarioError) -> Lesson {
        try LessonReader.read(Self.source(folder: entry.folder), tryingChanges: false)
    }

    /// Reads what the menu shows of a lesson. Throws ``ScenarioError`` when its head cannot be read.
    public func cover(_ entry: Entry) throws(ScenarioError) -> LessonCover {
        var cover = try LessonCover.read(Self.source(folder: entry.folder))
        cover.pack = entry.pack
        return cover
    }

    /// Reads the lesson that somebody means: see ``entry(_:)``.
    public func load(_ name: String) throws(ScenarioError) -> Lesson { try load(entry(name)) }

    /// A lesson's files as they are on disk: regular ones, in the folder itself. Of the others ``LessonSource`` knows
    /// why they cannot be read.
    public static func source(folder: String) -> LessonSource {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var source = LessonSource(
            folder: folder, yaml: nil, english: nil, spanish: nil,
            others: names.filter { !LessonSource.names.contains($0) && !$0.hasPrefix(".") }.sorted(),
            keyFiles: .below(folder))
        let replays = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/replays")) ?? []
        source.replays = replays.filter { $0.hasSuffix(".replay") && !$0.hasPrefix(".") }.sorted()
        for name in LessonSource.names {
            do throws(KeyFiles.Failure) {
                // A little more than is allowed is enough for the reader to say so.
                let bytes = try KeyFiles.bytes(of: name, below: folder, limit: 2 * maximumBytes)
                source[name] = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
            } catch {
                source.failures[name] = error
            }
        }
        return source
    }
}

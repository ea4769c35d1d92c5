import FoundationEssentials
import Scenario

/// A lesson's files, as they go to those who follow. There they are read, and never written.
public struct LessonPackage: Codable, Hashable, Sendable {
    /// The name of the folder: `05-circuit-breaker`.
    var folder: String
    var yaml: Data
    var english: Data
    var spanish: Data
    /// What scenarios read beside them, by path in the folder.
    var files: [String: Data]
    /// The files of the terms, as the instructor has them: those who follow need none of their own, and a term that is
    /// shown to the class is one that everybody has.
    var glossaries: [Data]

    /// Why a lesson cannot be sent, for people.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case missing(String)
        /// All files together, and the largest of them.
        case tooLarge(bytes: Int, file: String, fileBytes: Int)
        case tooManyFiles(Int)

        public var description: String {
            switch self {
            case .missing(let name): return "\(name) cannot be read"
            case .tooLarge(let bytes, let file, let fileBytes):
                let whole = "it has \(Self.kibibytes(bytes)) KiB, and \(Self.kibibytes(mostFileBytes)) KiB is the most"
                return "\(whole) that is sent to those who follow; "
                    + "\(SafeText.quoted(file)) alone has \(Self.kibibytes(fileBytes))"
            case .tooManyFiles(let count):
                return "it has \(count) files, and \(mostFiles) are the most that are sent to those who follow"
            }
        }

        private static func kibibytes(_ bytes: Int) -> Int { (bytes + 1023) >> 10 }
    }

    /// Takes a lesson's files from its folder.
    ///
    /// - Parameter glossaries: the files of the terms, the first of which counts where two explain the same.
    public init(folder path: String, glossaries: [[UInt8]] = []) throws(Problem) {
        let source = LessonLibrary.source(folder: path)
        func data(_ bytes: [UInt8]?, _ name: String) throws(Problem) -> Data {
            guard let bytes else { throw .missing(name) }
            return Data(bytes)
        }
        folder = Self.plain(source.folderName)
        yaml = try data(source.yaml, LessonSource.yamlName)
        english = try data(source.english, "en.md")
        spanish = try data(source.spanish, "es.md")
        self.glossaries = glossaries.prefix(Self.mostGlossaries).map { Data($0) }
        files = [:]
        for name in LessonSource.folders where name != "replays" {
            for file in (try? FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(name)")) ?? [] {
                files["\(name)/\(file)"] = try Self.contents(of: "\(name)/\(file)", in: path)
            }
        }
        guard files.count <= Self.mostFiles else { throw .tooManyFiles(files.count) }
        guard byteCount <= Self.mostFileBytes else {
            let (name, bytes) = largestFile
            throw .tooLarge(bytes: byteCount, file: name, fileBytes: bytes)
        }
    }

    /// `nil` for what is no regular file.
    private static func contents(of name: String, in folder: String) throws(Problem) -> Data? {
        let path = "\(folder)/\(name)"
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int else {
            return nil
        }
        guard size <= mostFileBytes else { throw .tooLarge(bytes: size, file: name, fileBytes: size) }
        return FileManager.default.contents(atPath: path)
    }

    /// A folder's name is only shown: what others might not take is a dash.
    private static func plain(_ name: String) -> String {
        String(name.prefix(longestName).map { isPlain($0) ? $0 : "-" })
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-")
    }

    /// Of all files together.
    var byteCount: Int {
        (files.values + glossaries).reduce(yaml.count + english.count + spanish.count) { $0 + $1.count }
    }

    private var largestFile: (name: String, bytes: Int) {
        let texts = [(LessonSource.yamlName, yaml.count), ("en.md", english.count), ("es.md", spanish.count)]
        let others = files.map { ($0.key, $0.value.count) }
        let all = texts + others + glossaries.map { (GlossaryReader.name, $0.count) }
        return all.max { ($0.1, $1.0) < ($1.1, $0.0) } ?? ("", 0)
    }

    /// Reads the lesson, with all the checks of one on disk.
    public func lesson() throws(ScenarioError) -> Lesson {
        let files = self.files
        let source = LessonSource(
            folder: folder, yaml: Array(yaml), english: Array(english), spanish: Array(spanish),
            keyFiles: KeyFiles { path in files[path].map { .success(Array($0)) } ?? .failure(.missing) })
        return try LessonReader.read(source, tryingChanges: false)
    }

    /// Reads the terms. A file that cannot be read has none: the instructor was told.
    public func glossary() -> Glossary {
        glossaries.reduce(into: Glossary()) { glossary, file in
            if let more = try? GlossaryReader.read(Array(file), file: GlossaryReader.name) { glossary.add(more) }
        }
    }
}

extension LessonPackage: Bounded {
    /// Data are a third larger on their way.
    public static let mostBytes = 2 << 20
    /// Of all files together, before they are sent.
    static let mostFileBytes = mostBytes / 2
    private static let mostFiles = 100
    private static let mostGlossaries = 20
    private static let longestName = 100

    public var isSensible: Bool {
        folder.allSatisfy(Self.isPlain) && folder.utf8.count <= Self.longestName
            && glossaries.count <= Self.mostGlossaries && files.count <= Self.mostFiles
            && files.keys.allSatisfy { $0.utf8.count <= 255 }
    }
}

import FoundationEssentials
import Scenario

/// A lesson's files, as they go to those who follow. There they are read, and never written.
public struct LessonPackage: Codable, Sendable {
    /// The name of the folder: `05-circuit-breaker`.
    var folder: String
    var yaml: Data
    var english: Data
    var spanish: Data
    /// What scenarios read beside them, by path in the folder.
    var files: [String: Data]

    /// Why a lesson cannot be sent, for people.
    public enum Problem: Error, Hashable, Sendable {
        case missing(String)
        /// All files together.
        case tooLarge
    }

    /// Takes a lesson's files from its folder.
    public init(folder path: String) throws(Problem) {
        let source = LessonLibrary.source(folder: path)
        func data(_ bytes: [UInt8]?, _ name: String) throws(Problem) -> Data {
            guard let bytes else { throw .missing(name) }
            return Data(bytes)
        }
        folder = source.folderName
        yaml = try data(source.yaml, LessonSource.yamlName)
        english = try data(source.english, "en.md")
        spanish = try data(source.spanish, "es.md")
        files = [:]
        for name in LessonSource.folders where name != "replays" {
            for file in (try? FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(name)")) ?? [] {
                files["\(name)/\(file)"] = try Self.contents(of: "\(path)/\(name)/\(file)")
            }
        }
        guard byteCount <= Self.mostBytes / 2 else { throw .tooLarge }
    }

    /// `nil` for what is no regular file.
    private static func contents(of path: String) throws(Problem) -> Data? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int else {
            return nil
        }
        guard size <= mostBytes / 2 else { throw .tooLarge }
        return FileManager.default.contents(atPath: path)
    }

    private var byteCount: Int {
        yaml.count + english.count + spanish.count + files.values.reduce(0) { $0 + $1.count }
    }

    /// Reads the lesson, with all the checks of one on disk.
    public func lesson() throws(ScenarioError) -> Lesson {
        let files = self.files
        let source = LessonSource(
            folder: folder, yaml: Array(yaml), english: Array(english), spanish: Array(spanish),
            keyFiles: KeyFiles { path in files[path].map { .success(Array($0)) } ?? .failure(.missing) })
        return try LessonReader.read(source, tryingChanges: false)
    }
}

extension LessonPackage: Bounded {
    /// Data are a third larger on their way.
    public static let mostBytes = 2 << 20
    private static let mostFiles = 100

    public var isSensible: Bool {
        let isName = folder.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return isName && folder.utf8.count <= 100
            && files.count <= Self.mostFiles && files.keys.allSatisfy { $0.utf8.count <= 255 }
    }
}

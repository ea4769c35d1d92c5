import Scenario

/// A lesson's files, read but not understood.
public struct LessonSource: Sendable {
    public static let yamlName = "lesson.yaml"
    /// The record of what both languages have been found to say alike: see ``TextAgreement``.
    public static let agreedName = "texts.agreed"
    static let names = [yamlName, "en.md", "es.md", agreedName]
    static let folders = ["replays", "traces", "diagrams"]
    /// What a folder that is shared as it is mostly holds too.
    static let companions = ["README.md", "LICENSE"]

    /// Path of the folder.
    public var folder: String
    public var yaml: [UInt8]?
    public var english: [UInt8]?
    public var spanish: [UInt8]?
    public var agreed: [UInt8]?
    /// Why files cannot be read, by their names.
    public var failures: [String: KeyFiles.Failure] = [:]
    /// What else lies in the folder, sorted, without hidden files.
    public var others: [String]
    /// The recorded sessions in `replays/`, sorted.
    public var replays: [String] = []
    /// The files below the folder.
    public var keyFiles: KeyFiles

    public init(
        folder: String, yaml: [UInt8]?, english: [UInt8]?, spanish: [UInt8]?, others: [String] = [],
        keyFiles: KeyFiles = .none
    ) {
        self.folder = folder
        self.yaml = yaml
        self.english = english
        self.spanish = spanish
        self.others = others
        self.keyFiles = keyFiles
    }

    subscript(name: String) -> [UInt8]? {
        get {
            switch name {
            case Self.yamlName: yaml
            case "en.md": english
            case "es.md": spanish
            case Self.agreedName: agreed
            default: nil
            }
        }
        set {
            switch name {
            case Self.yamlName: yaml = newValue
            case "en.md": english = newValue
            case "es.md": spanish = newValue
            case Self.agreedName: agreed = newValue
            default: break
            }
        }
    }

    /// Why one of the lesson's files could not be read.
    func missing(_ name: String) -> Problem {
        let reason =
            switch failures[name] {
            case nil, .missing, .noFolder: "the file is missing"
            case .tooLarge: "the file is larger than 1 MiB"
            case .outside: "the file is a link that leads out of the lesson's folder"
            case .unreadable(let reason): "the file cannot be read: \(reason)"
            }
        return Problem(file: path(name), message: reason)
    }

    /// The last part of the path: `01-orchestration`.
    public var folderName: String { String(folder.split(separator: "/").last ?? "") }

    /// The number before the first hyphen of the folder's name.
    var number: Int? { folderName.split(separator: "-").first.flatMap { Int($0) } }

    func path(_ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }
}

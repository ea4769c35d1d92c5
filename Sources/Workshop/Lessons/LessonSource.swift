import Scenario

/// A lesson's files, read but not understood.
public struct LessonSource: Sendable {
    public static let yamlName = "lesson.yaml"
    static let folders = ["replays", "traces", "diagrams"]

    /// Path of the folder.
    public var folder: String
    public var yaml: [UInt8]?
    public var english: [UInt8]?
    public var spanish: [UInt8]?
    /// What else lies in the folder, sorted.
    public var others: [String]
    /// The files of keys below the folder.
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

    /// The last part of the path: `01-orchestration`.
    public var folderName: String { String(folder.split(separator: "/").last ?? "") }

    /// The number before the first hyphen of the folder's name.
    var number: Int? { folderName.split(separator: "-").first.flatMap { Int($0) } }

    func path(_ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }
}

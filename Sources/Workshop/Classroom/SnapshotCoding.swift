import FoundationEssentials

/// Something that comes from another machine, or out of a file: small, and looked at before it is believed.
public protocol Bounded: Codable {
    /// More bytes are not read.
    static var mostBytes: Int { get }
    /// Whether every part is of a size and in a range that makes sense.
    var isSensible: Bool { get }
}

extension Bounded {
    /// As it goes over the network, or into a file.
    public var bytes: [UInt8] { (try? JSONEncoder().encode(self)).map { Array($0) } ?? [] }

    /// What came from there; `nil` for anything that this is not.
    public init?(bytes: [UInt8]) {
        guard bytes.count <= Self.mostBytes, let read = try? JSONDecoder().decode(Self.self, from: Data(bytes)),
            read.isSensible
        else { return nil }
        self = read
    }
}

extension LessonSnapshot: Bounded {
    public static let mostBytes = 256 << 10
    private static let mostChanges = 500
    private static let longestText = 500
    private static let mostPages = 10_000

    public var isSensible: Bool {
        let texts = [lesson, page, panel ?? ""] + Array(scroll.keys) + changes + undone
        let counts = [textPage, control, hints] + Array(scroll.values) + (hands?.counts ?? [])
        return texts.allSatisfy { $0.utf8.count <= Self.longestText }
            && changes.count <= Self.mostChanges && undone.count <= Self.mostChanges
            && scroll.count <= PanelKind.allCases.count && hands?.counts.count ?? 0 <= 9
            && counts.allSatisfy { (0...Self.mostPages).contains($0) } && place?.isSensible ?? true
            && isOverSensible
    }

    private var isOverSensible: Bool {
        switch over {
        case .why(_, let number), .outline(let number), .sheet(let number): (0...Self.mostPages).contains(number)
        case .term(let id): id.utf8.count <= Self.longestText
        case nil: true
        }
    }
}

extension LessonSnapshot.Place {
    fileprivate var isSensible: Bool {
        time >= 0 && stop ?? 0 >= 0 && (0...Int(UInt32.max)).contains(events) && (speed ?? 1).isFinite
    }
}

extension NotesSnapshot: Bounded {
    public static let mostBytes = 16 << 10
    private static let longest = 1_000_000

    public var isSensible: Bool {
        [stepSeconds, totalSeconds, followers].allSatisfy { (0...Self.longest).contains($0) }
            && (nextLine?.utf8.count ?? 0) <= 1000
    }
}

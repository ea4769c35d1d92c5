/// A sign with one meaning. Its colour repeats what it says and never replaces it.
public enum Mark: String, CaseIterable, Hashable, Sendable {
    case ok, failed, slow, timedOut, retried, hedged, cached, rejected, lost
    /// Written, and in memory only.
    case dirty
    /// A server at work, a call that waits, a call in a queue.
    case working, waiting, queued
    /// A lesson's step, a fault, and the place in time.
    case step, fault, cursor
    /// Beside the focused panel's title and the selected row; before an item of a list.
    case focus, selected, bullet

    /// The role that repeats its meaning. Work, waits and queues take the backend's hue instead.
    public var role: Role {
        switch self {
        case .ok: .ok
        case .failed, .lost: .fail
        case .slow, .timedOut, .dirty: .warn
        case .retried, .hedged: .wait
        case .cached: .cache
        case .rejected: .reject
        case .working, .waiting, .queued, .bullet: .text
        case .step, .fault, .cursor: .accent
        case .focus: .focus
        case .selected: .selection
        }
    }
}

extension Glyphs {
    /// The mark's character, one column wide.
    public subscript(mark: Mark) -> Character {
        let pair = Self.character(of: mark)
        return repertoire == .unicode ? pair.unicode : pair.ascii
    }

    private static func character(of mark: Mark) -> (unicode: Character, ascii: Character) {
        switch mark {
        case .ok: ("✓", "+")
        case .failed: ("✗", "x")
        case .slow: ("◐", "s")
        case .timedOut: ("◷", "T")
        case .retried: ("↻", "r")
        case .hedged: ("⇉", "h")
        case .cached: ("◇", "c")
        case .rejected: ("⊘", "@")
        case .lost: ("╳", "X")
        case .dirty: ("✱", "w")
        case .working: ("┃", "#")
        case .waiting: ("┊", ":")
        case .queued: ("▒", "=")
        case .step: ("◆", "*")
        case .fault: ("▲", "!")
        case .cursor: ("●", "O")
        case .focus, .selected: ("▸", ">")
        case .bullet: ("•", "-")
        }
    }
}

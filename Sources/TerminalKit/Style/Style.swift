/// What a piece of text means. A ``Theme`` gives each role its colours; frames and golden files know roles only.
public enum Role: UInt8, CaseIterable, Hashable, Sendable {
    case text, muted, title, border, accent
    /// The panel that has the focus, and what is selected.
    case focus, selection
    /// How work ended or stands.
    case ok, fail, warn, wait, cache, reject
    /// A key in the footer, and what it does.
    case key, keyLabel
    /// The bar at the top, and the one at the bottom.
    case bar
    /// Backends and clients, told apart by hue (and always by name too).
    case hue1, hue2, hue3, hue4, hue5, hue6
    /// The run before a change, and the run after it.
    case before, after
}

public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
}

/// A role, and emphasis on top of it.
public struct Style: Hashable, Sendable {
    public var role: Role
    public var attributes: Attributes

    public init(_ role: Role, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
    }

    public static let text = Style(.text)
    public static let muted = Style(.muted)
}

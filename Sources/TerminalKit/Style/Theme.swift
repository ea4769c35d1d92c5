/// Gives every role its look at every depth. See `Assets/themes` for the file format.
public struct Theme: Hashable, Sendable {
    public let name: String
    /// What the terminal's own colours stand for in pictures.
    public let page: ResolvedStyle
    /// For each role, in order: truecolour, 256, 16, mono.
    private let looks: [[ResolvedStyle]]

    init(name: String, page: ResolvedStyle, looks: [[ResolvedStyle]]) {
        self.name = name
        self.page = page
        self.looks = looks
    }

    /// The look of a style: its role's, with the style's own attributes on top.
    public func resolve(_ style: Style, depth: ColourDepth) -> ResolvedStyle {
        var look = looks[Int(style.role.rawValue)][Self.column(depth)]
        look.attributes.formUnion(style.attributes)
        return look
    }

    static func column(_ depth: ColourDepth) -> Int {
        switch depth {
        case .truecolour: 0
        case .indexed256: 1
        case .basic16: 2
        case .monochrome: 3
        }
    }

    /// The theme of `Assets/themes/ensayo.theme`, at hand without any file.
    public static let ensayo: Theme = {
        do {
            return try Theme(parsing: ensayoText, file: "ensayo.theme")
        } catch {
            let plain = Array(repeating: ResolvedStyle(), count: ColourDepth.allCases.count)
            return Theme(
                name: "plain", page: ResolvedStyle(), looks: Array(repeating: plain, count: Role.allCases.count))
        }
    }()
}

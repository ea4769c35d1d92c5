extension Key: LosslessStringConvertible {
    /// The key's name in recorded sessions: `a`, `+`, `space`, `left`, `ctrl-c`, `shift-tab`, `f1`.
    public var description: String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .control(" "): "ctrl-space"
        case .control(let character): "ctrl-\(character)"
        case .function(let number): "f\(number)"
        default: Self.named.first { $0.key == self }?.name ?? ""
        }
    }

    /// Reads a key's name; `nil` when it is none. `return`, `esc`, `page-up` and the like are understood too.
    public init?(_ description: String) {
        if description.count == 1, let character = description.first {
            guard character != " ", CellText.accept(character).character == character else { return nil }
            self = .character(character)
        } else if description == "space" {
            self = .character(" ")
        } else if let known = (Self.named + Self.aliases).first(where: { $0.name == description }) {
            self = known.key
        } else if description.hasPrefix("ctrl-") {
            let rest = description.dropFirst(5)
            let isOne =
                rest.count == 1 && rest.allSatisfy { $0.isASCII && !$0.isUppercase && $0 > " " && $0 != "\u{7F}" }
            guard isOne || rest == "space" else { return nil }
            self = .control(isOne ? rest.first ?? " " : " ")
        } else if description.first == "f", let number = Int(description.dropFirst()), (1...63).contains(number),
            description == "f\(number)"
        {
            self = .function(number)
        } else {
            return nil
        }
    }

    private static let named: [(key: Key, name: String)] = [
        (.enter, "enter"), (.tab, "tab"), (.backTab, "shift-tab"), (.escape, "escape"), (.backspace, "backspace"),
        (.delete, "delete"), (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "home"),
        (.end, "end"), (.pageUp, "pageup"), (.pageDown, "pagedown"),
    ]

    private static let aliases: [(key: Key, name: String)] = [
        (.enter, "return"), (.escape, "esc"), (.backTab, "backtab"), (.pageUp, "page-up"), (.pageDown, "page-down"),
    ]
}

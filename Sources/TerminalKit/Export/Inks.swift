/// What a picture paints with: colours as its format writes them.
protocol Inks {
    /// Behind everything.
    var page: String { get }
    var text: String { get }
    func look(_ style: Style) -> InkedLook
}

struct InkedLook {
    var foreground: String
    /// `nil`: the page shows through.
    var background: String?
    var attributes: Attributes
}

/// The colours of a theme.
struct ThemeInks: Inks {
    let theme: Theme
    let depth: ColourDepth

    var page: String { theme.page.background.hex ?? "#000000" }
    var text: String { theme.page.foreground.hex ?? "#ffffff" }

    func look(_ style: Style) -> InkedLook {
        let look = theme.resolve(style, depth: depth)
        var (foreground, background) = (look.foreground.hex ?? text, look.background.hex ?? page)
        if look.attributes.contains(.reverse) { swap(&foreground, &background) }
        return InkedLook(
            foreground: foreground, background: background == page ? nil : background, attributes: look.attributes)
    }
}

/// Names of colours that the page around the picture defines, so that it can be light or dark.
struct VariableInks: Inks {
    let theme: Theme

    var page: String { "var(--page)" }
    var text: String { "var(--text)" }

    func look(_ style: Style) -> InkedLook {
        let attributes = theme.resolve(style, depth: .truecolour).attributes
        var foreground = "var(--\(style.role))"
        var background = theme.background(of: style.role) == nil ? nil : "var(--on-\(style.role))"
        if attributes.contains(.reverse) { (foreground, background) = (background ?? page, foreground) }
        return InkedLook(foreground: foreground, background: background, attributes: attributes)
    }
}

extension Theme {
    /// The theme's colours as custom properties of CSS: `--page`, `--ok`, and `--on-bar` where a role has a background
    /// of its own. A page with several themes needs such as agree on which have.
    public var variables: String {
        var lines = ["--page: \(ThemeInks(theme: self, depth: .truecolour).page);"]
        for role in Role.allCases {
            let look = resolve(Style(role), depth: .truecolour)
            lines.append("--\(role): \(look.foreground.hex ?? page.foreground.hex ?? "#ffffff");")
            if let background = background(of: role) { lines.append("--on-\(role): \(background);") }
        }
        return lines.joined(separator: " ")
    }

    /// `nil`: that of the page.
    fileprivate func background(of role: Role) -> String? {
        resolve(Style(role), depth: .truecolour).background.hex.flatMap { $0 == page.background.hex ? nil : $0 }
    }
}

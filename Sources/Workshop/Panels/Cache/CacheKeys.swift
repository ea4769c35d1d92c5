import TerminalKit

/// Keys cut to what tells them apart: `17` of `product-17` where every key begins with `product-`.
struct CacheKeys {
    /// What all of them begin with, up to a separator and with it.
    let prefix: String
    /// Columns of the longest, whole and without ``prefix``.
    let longest: Int
    let longestRest: Int

    private static let separators: Set<Character> = ["-", ":", "/", ".", "_"]

    init(_ names: [String]) {
        longest = names.map { Text.width($0) }.max() ?? 0
        var prefix = Self.head(of: names.first?[...] ?? "")
        for name in names {
            while !prefix.isEmpty, !name.hasPrefix(prefix) || name.utf8.count == prefix.utf8.count {
                prefix = Self.head(of: prefix.dropLast())
            }
        }
        self.prefix = names.count > 1 ? prefix : ""
        longestRest = longest - Text.width(self.prefix)
    }

    /// As far as the last separator.
    private static func head(of name: Substring) -> String {
        name.lastIndex(where: separators.contains).map { String(name[...$0]) } ?? ""
    }

    /// A key in so many columns: whole if all of them fit, else without what they share, else its end.
    func short(_ name: String, to width: Int, ellipsis: Character) -> String {
        guard longest > width, width > 0 else { return name }
        let rest = name.hasPrefix(prefix) ? String(name.utf8.dropFirst(prefix.utf8.count)) ?? name : name
        guard longestRest > width, Text.width(rest) > width else { return rest }
        return String(ellipsis) + String(rest.suffix(width - 1))
    }
}

/// A reference in a text, and where it begins.
struct Reference {
    var path: [String]
    /// Scalars of the text before its `$`.
    var offset: Int
    /// Scalars it takes, `$` included.
    var length: Int
}

extension Expression {
    /// Reads `$order.productId`, `sales:$region`, `${order.id}-x`; `$$` is one dollar, and a dollar before anything
    /// but a name is itself. `nil` when a `${` is not closed or holds no name.
    static func parse(_ text: String) -> (expression: Expression, references: [Reference])? {
        let scalars = Array(text.unicodeScalars)
        var pieces: [Expression] = []
        var references: [Reference] = []
        var literal = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if scalars[index] == "$", next == "{" || Name.isLetter(next) {
                guard let (path, end) = path(in: scalars, from: index + 1) else { return nil }
                if !literal.isEmpty { pieces.append(.literal(.text(String(literal)))) }
                literal = String.UnicodeScalarView()
                pieces.append(.reference(path))
                references.append(Reference(path: path, offset: index, length: end - index))
                index = end
            } else {
                literal.append(scalars[index])
                index += scalars[index] == "$" && next == "$" ? 2 : 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(.text(String(literal)))) }
        return (pieces.count == 1 ? pieces[0] : .joined(pieces), references)
    }

    /// The path after a dollar and the index behind it. In braces parts may have `-`.
    private static func path(in scalars: [Unicode.Scalar], from start: Int) -> (path: [String], end: Int)? {
        let isBraced = scalars[start] == "{"
        var index = isBraced ? start + 1 : start
        var path: [String] = []
        while true {
            var part = String.UnicodeScalarView()
            while index < scalars.count, Name.isPart(scalars[index]) || isBraced && scalars[index] == "-" {
                part.append(scalars[index])
                index += 1
            }
            if part.isEmpty { return nil }
            path.append(String(part))
            let hasMore = index + 1 < scalars.count && scalars[index] == "." && Name.isPart(scalars[index + 1])
            if !hasMore { break }
            index += 1
        }
        if isBraced {
            guard index < scalars.count, scalars[index] == "}" else { return nil }
            index += 1
        }
        return (path, index)
    }
}

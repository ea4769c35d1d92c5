/// Names for the parts of a scenario, made from what a diagram says.
struct DiagramNames {
    private var taken: Set<String> = []
    /// Where to go on counting, by the name that is taken.
    private var counts: [String: Int] = [:]

    /// A name that nothing has had yet: `get order` gives `get-order`, the second one `get-order-2`.
    mutating func unique(_ text: String, otherwise: String) -> String {
        let name = Self.name(text) ?? otherwise
        if taken.insert(name).inserted { return name }
        var number = counts[name] ?? 2
        while !taken.insert("\(name)-\(number)").inserted { number += 1 }
        counts[name] = number + 1
        return "\(name)-\(number)"
    }

    /// Letters, digits and `_`; whatever stands between them becomes one dash. `nil`: nothing is left.
    static func name(_ text: String) -> String? {
        var name = String.UnicodeScalarView()
        var isApart = false
        for scalar in text.unicodeScalars {
            guard Name.isPart(scalar), !name.isEmpty || Name.isLetter(scalar) else {
                isApart = !name.isEmpty
                continue
            }
            if name.count >= longest { break }
            if isApart { name.append("-") }
            isApart = false
            name.append(scalar)
        }
        return name.isEmpty ? nil : String(name)
    }

    /// Short enough to leave room for a count.
    private static let longest = 40
}

/// What may name a backend, an operation, a flow, a variable.
enum Name {
    static func isValid(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isLetter(first), name.unicodeScalars.count <= 64 else {
            return false
        }
        return name.unicodeScalars.allSatisfy { isPart($0) || $0 == "-" }
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        // Unicode's tables are slow, and nearly every name is ASCII.
        if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" }
        return scalar.properties.isAlphabetic
    }

    /// Whether a scalar may stand in a variable's name after `$`.
    static func isPart(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || ("0"..."9").contains(scalar) }
}

/// Times, counts and shares in what people write into diagrams.
enum DiagramWords {
    /// `500ms`, `~500 ms`, `takes 1.5 s`, `120 ms (slow)`: a text that is a duration and no more.
    static func duration(_ text: String) -> Duration? {
        var rest = text.lowercased()[...]
        trim(&rest)
        for word in ["takes", "took", "tarda", "about", "≈", "~"] where rest.hasPrefix(word) {
            rest = rest.dropFirst(word.count)
            trim(&rest)
        }
        guard let (duration, behind) = leadingDuration(rest) else { return nil }
        rest = behind
        trim(&rest)
        return rest.isEmpty || rest.first == "(" ? duration : nil
    }

    /// The time in brackets at the end of a message: `query (250ms)`. With the text before it.
    static func trailingDuration(_ text: String) -> (text: String, duration: Duration)? {
        var rest = text[...]
        trim(&rest)
        guard rest.last == ")", let open = rest.lastIndex(of: "(") else { return nil }
        guard let duration = duration(String(rest[rest.index(after: open)...].dropLast())) else { return nil }
        return (String(rest[..<open]), duration)
    }

    static let mostRounds = 1000

    /// The first whole number from 1 on that has no unit: `3 times`, `retry up to 5`.
    static func count(_ label: String) -> Int? {
        for (number, behind) in numbers(in: label) where !behind.hasPrefix(".") && !behind.hasPrefix("%") {
            guard !number.contains("."), leadingDuration(number + behind) == nil else { continue }
            let count = Int(number) ?? .max
            if count > 0 { return count }
        }
        return nil
    }

    /// The first percentage from 0 to 100, as it would be written in a scenario: `80%`, `12.5 %`.
    static func share(_ label: String) -> Double? {
        for (number, behind) in numbers(in: label) {
            guard behind.drop(while: { $0 == " " }).first == "%", let share = Double(number) else { continue }
            if share <= 100 { return share }
        }
        return nil
    }

    /// Each number and what follows it.
    private static func numbers(in text: String) -> [(number: Substring, behind: Substring)] {
        var found: [(Substring, Substring)] = []
        var rest = text[...]
        while let start = rest.firstIndex(where: isDigit), found.count < 20 {
            let number = rest[start...].prefix { isDigit($0) || $0 == "." }
            rest = rest[number.endIndex...]
            let digits = number.last == "." ? number.dropLast() : number
            found.append((digits, text[digits.endIndex...]))
        }
        return found
    }

    private static func leadingDuration(_ text: Substring) -> (duration: Duration, behind: Substring)? {
        let number = text.prefix { isDigit($0) || $0 == "." || $0 == "," }
        var rest = text[number.endIndex...]
        while rest.first == " " { rest.removeFirst() }
        let unit = rest.prefix { $0.isLetter }
        let written = number.map { $0 == "," ? "." : String($0) }.joined() + (units[String(unit)] ?? "?")
        return Duration(written: written).map { ($0, rest[unit.endIndex...]) }
    }

    private static let units = [
        "ns": "ns", "us": "us", "µs": "us", "μs": "us", "ms": "ms", "msec": "ms", "s": "s", "sec": "s", "secs": "s",
        "second": "s", "seconds": "s", "segundo": "s", "segundos": "s", "m": "m", "min": "m", "minute": "m",
        "minutes": "m", "minuto": "m", "minutos": "m", "h": "h", "hour": "h", "hours": "h",
    ]

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isWholeNumber }

    private static func trim(_ text: inout Substring) {
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
    }
}

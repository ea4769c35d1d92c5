/// A date as HTTP headers carry it, in any of the three forms that a recipient must read (RFC 9110 §5.6.7):
///
///     Sun, 06 Nov 1994 08:49:37 GMT      IMF-fixdate
///     Sunday, 06-Nov-94 08:49:37 GMT     RFC 850
///     Sun Nov  6 08:49:37 1994           asctime
struct HTTPDate {
    var secondsSince1970: Int64

    /// - Parameter now: decides the century of a two-digit year: the one that is at most 50 years ahead.
    init?(_ text: String, now: Duration) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        let fields: (day: Substring, month: Substring, year: Substring, time: Substring)
        switch words.count {
        case 6 where words[0].hasSuffix(",") && words[5] == "GMT":
            guard words[0].utf8.count == 4, words[1].utf8.count == 2, words[3].utf8.count == 4 else { return nil }
            fields = (words[1], words[2], words[3], words[4])
        case 4 where words[0].hasSuffix(",") && words[3] == "GMT":
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, date[2].utf8.count == 2 else { return nil }
            fields = (date[0], date[1], date[2], words[2])
        case 5 where words[4].utf8.count == 4:
            fields = (words[2], words[1], words[4], words[3])
        default:
            return nil
        }
        guard let day = Self.number(fields.day), let written = Self.number(fields.year),
            let month = Self.months.firstIndex(of: String(fields.month)).map({ $0 + 1 }),
            let time = Self.secondsOfDay(fields.time)
        else { return nil }
        let year = fields.year.utf8.count == 2 ? Self.year(ofTwoDigits: written, now: now) : written
        guard day >= 1, day <= Self.daysInMonth(month, year) else { return nil }
        secondsSince1970 = Int64(Self.daysSince1970(year: year, month: month, day: day)) * 86_400 + Int64(time)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ digits: Substring) -> Int? {
        digits.utf8.allSatisfy(\.isDigit) && digits.utf8.count <= 4 ? Int(digits) : nil
    }

    /// `08:49:37`; a leap second, `:60`, is allowed.
    private static func secondsOfDay(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        guard let hour = number(parts[0]), let minute = number(parts[1]), let second = number(parts[2]),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func year(ofTwoDigits digits: Int, now: Duration) -> Int {
        // A mean year is enough: only dates within days of the fifty years could differ.
        let present = 1970 + Int(now.clampedNanoseconds / 1_000_000_000) / 31_556_952
        let sameCentury = present - present % 100 + digits
        if sameCentury > present + 50 { return sameCentury - 100 }
        return sameCentury + 100 <= present + 50 ? sameCentury + 100 : sameCentury
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days before a date of the Gregorian calendar, counted from 1 January 1970.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400
        let daysBeforeMonth = (1..<month).reduce(0) { $0 + daysInMonth($1, year) }
        // 719_162 days lie between 1 January of year 1 and 1 January 1970.
        return before * 365 + leapDays + daysBeforeMonth + day - 1 - 719_162
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

extension String.UTF8View {
    /// Without the blanks and tabs at both ends.
    var trimmed: Substring.UTF8View {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}

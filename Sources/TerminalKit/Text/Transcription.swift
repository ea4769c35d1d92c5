/// The Latin letters nearest to a letter of another alphabet, from what Unicode calls it: `LATIN SMALL LETTER N WITH
/// ACUTE` is n, `CYRILLIC CAPITAL LETTER ZHE` Zh, `HIRAGANA LETTER KA` and `HANGUL SYLLABLE GA` are syllables.
///
/// Ideographs are called by their numbers: they have none.
enum Transcription {
    /// `nil` for what is no letter. The more letters it takes, the rougher they are.
    static func letters(of scalar: Unicode.Scalar) -> String? {
        let properties = scalar.properties
        guard properties.isAlphabetic, let name = properties.name else { return nil }
        let words = name.split(separator: " ")
        guard let place = words.firstIndex(where: { $0 == "LETTER" || $0 == "SYLLABLE" }),
            let word = words[(place + 1)...].prefix(while: { $0 != "WITH" }).last
        else { return nil }
        let spelt = words[..<place].contains { isSpeltOut($0) } ? String(word) : sound(word)
        guard properties.isUppercase else { return spelt.lowercased() }
        return String(spelt.prefix(1)) + spelt.dropFirst().lowercased()
    }

    /// Scripts whose letters are called as they sound.
    private static func isSpeltOut(_ script: Substring) -> Bool {
        ["LATIN", "HIRAGANA", "KATAKANA", "HANGUL"].contains(script)
    }

    /// The sound that a letter's name begins with: of `DE` and `DELTA` d, of `EM` m, of `ZHE` zh, of `ALPHA` a.
    private static func sound(_ name: Substring) -> String {
        let isConsonant = { (letter: Character) in !"AEIOUY".contains(letter) }
        if name.count == 2, name.first == "E", let last = name.last, isConsonant(last) { return String(last) }
        if name == "IE" || name == "IO" { return String(name.suffix(1)) }
        let consonants = name.prefix(while: isConsonant)
        if !consonants.isEmpty { return String(consonants) }
        return String(name.first == "Y" ? name : name.prefix(1))
    }
}

import Resilience
import Testing

@Suite struct InvalidationTests {
    @Test(arguments: [
        ("orders:*", "orders:1", true), ("orders:*", "orders:", true), ("orders:*", "order:1", false),
        ("orders:1", "orders:1", true), ("orders:1", "orders:12", false), ("*", "", true), ("*", "anything", true),
        ("", "", true), ("", "a", false), ("*:1", "orders:1", true), ("*:1", "orders:1:2", false),
        ("a*a", "a", false), ("a*a", "aa", true), ("a*b*c", "abc", true), ("a*b*c", "acb", false),
        ("a*bc*bc", "abc", false), ("a*bc*bc", "abcbc", true), ("*a*", "bab", true), ("**", "x", true),
        ("ñ*", "ñandú", true), ("ñ*", "n", false), ("a*abab", "aababab", true),
    ])
    func pattern(_ pattern: String, _ key: String, _ matches: Bool) {
        #expect(KeyPattern(pattern).matches(key) == matches)
    }

    /// Against a matcher that tries everything.
    @Test func patternsMatchAsTheNaiveOnesDo() {
        func naive(_ pattern: Substring, _ key: Substring) -> Bool {
            guard let first = pattern.first else { return key.isEmpty }
            if first == "*" {
                return naive(pattern.dropFirst(), key) || (!key.isEmpty && naive(pattern, key.dropFirst()))
            }
            return key.first == first && naive(pattern.dropFirst(), key.dropFirst())
        }
        var dice = Dice(seed: 9)
        for _ in 0..<20_000 {
            let pattern = String((0..<dice.below(7)).map { _ in ["a", "b", "*"][dice.below(3)] as Character })
            let key = String((0..<dice.below(8)).map { _ in ["a", "b"][dice.below(2)] as Character })
            #expect(KeyPattern(pattern).matches(key) == naive(pattern[...], key[...]), "\(pattern) \(key)")
        }
    }

    @Test func tagsNameTheirKeysInOrder() {
        var index = TagIndex<String>()
        index.set("product:2", ["catalogue", "shoes"])
        index.set("product:1", ["catalogue"])
        index.set("list", ["catalogue"])
        #expect(index.keys(tagged: "catalogue") == ["product:2", "product:1", "list"])
        index.set("product:2", ["hats"])
        #expect(index.keys(tagged: "catalogue") == ["product:1", "list"])
        #expect(index.keys(tagged: "shoes").isEmpty)
        #expect(index.tags(of: "product:2") == ["hats"])
        index.remove("product:1")
        #expect(index.keys(tagged: "catalogue") == ["list"])
        index.set("list", [])
        index.remove("product:2")
        #expect(index.isEmpty)
    }

    @Test func keysOfATagComeInTheOrderInWhichTheyWereGivenIt() {
        var index = TagIndex<Int>()
        let keys = (0..<100).map { ($0 * 37) % 100 }
        for key in keys { index.set(key, ["t"]) }
        index.set(keys[0], ["t"])
        #expect(index.keys(tagged: "t") == Array(keys.dropFirst()) + [keys[0]])
    }
}

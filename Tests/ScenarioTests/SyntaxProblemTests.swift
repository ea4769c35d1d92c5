import Testing

/// What is said about text that is not the YAML that is accepted.
@Suite struct SyntaxProblemTests {
    @Test func thereIsSomething() {
        #expect(
            Shop.problems("") == """
                shop.yaml:1:1: error: there is nothing here
                   1 | 
                     | ^
                """)
    }

    @Test func aScenarioIsAMapping() {
        #expect(
            Shop.problems("[1]\n") == """
                shop.yaml:1:1: error: expected a mapping for the scenario, found a list
                   1 | [1]
                     | ^
                """)
    }

    @Test func aValueIsNotAKeyToo() {
        #expect(
            Shop.problems("a: b: c\n") == """
                shop.yaml:1:5: error: a key: value cannot stand here
                   1 | a: b: c
                     |     ^
                   check the indentation, or put the text in quotes
                """)
    }

    @Test func aListIsClosed() {
        #expect(
            Shop.problems("a: [1, 2\n") == """
                shop.yaml:1:9: error: this list does not go on or end here
                   1 | a: [1, 2
                     |         ^
                   it began in line 1, column 4
                """)
    }

    @Test func aMappingIsClosed() {
        #expect(
            Shop.problems("a: { b: 2\nc: d\n") == """
                shop.yaml:2:2: error: this mapping does not go on or end here
                   2 | c: d
                     |  ^
                   it began in line 1, column 4
                """)
    }

    @Test func aQuoteIsClosed() {
        #expect(
            Shop.problems("a: \"x\nb: c\n") == """
                shop.yaml:1:4: error: this quote is not closed
                   1 | a: "x
                     |    ^
                   end the text with the same quote
                """)
    }

    @Test func tabsDoNotIndent() {
        #expect(
            Shop.problems("a:\n\t- b\n") == """
                shop.yaml:2:1: error: a tab cannot indent a line
                   2 |  - b
                     | ^
                   use spaces
                """)
    }

    @Test func someCharactersNeedQuotes() {
        #expect(
            Shop.problems("a: @x\n") == """
                shop.yaml:1:4: error: a value cannot start with this character
                   1 | a: @x
                     |    ^
                   put the text in quotes
                """)
    }

    @Test func linesFitTheOnesAbove() {
        #expect(
            Shop.problems("- a\nb: c\n") == """
                shop.yaml:2:1: error: this line does not fit the list above
                   2 | b: c
                     | ^
                   begin it with - or indent it
                """)
    }

    @Test func indentationFits() {
        #expect(
            Shop.problems("a:\n    b: 1\n  c: 2\n") == """
                shop.yaml:3:3: error: this line does not fit the ones above
                   3 |   c: 2
                     |   ^
                   indent it as its neighbours are
                """)
    }

    @Test func thereIsOneDocument() {
        #expect(
            Shop.problems("a: b\n---\nc: d\n") == """
                shop.yaml:2:1: error: a file holds one document
                   2 | ---
                     | ^
                   remove the line ---
                """)
    }

    @Test func escapesAreKnown() {
        #expect(
            Shop.problems("a: \"\\q\"\n") == """
                shop.yaml:1:5: error: this escape is not known
                   1 | a: "\\q"
                     |     ^
                   use single quotes for text with backslashes
                """)
    }

    @Test func directivesAreKnown() {
        #expect(
            Shop.problems("%YAML 9.9\n--- a\n") == """
                shop.yaml:1:1: error: not YAML: found incompatible YAML document
                   1 | %YAML 9.9
                     | ^
                """)
    }

    @Test func anAliasIsRefused() {
        #expect(
            Shop.problems("a: &x 1\nb: *x\n") == """
                shop.yaml:2:4: error: anchors (&name) and aliases (*name) cannot be used
                   2 | b: *x
                     |    ^~
                   write the value out
                """)
    }

    @Test func anAliasWithoutAnAnchorIsRefused() {
        #expect(
            Shop.problems("a: *x\n") == """
                shop.yaml:1:4: error: anchors (&name) and aliases (*name) cannot be used
                   1 | a: *x
                     |    ^
                   write the value out, or put the text in quotes
                """)
    }

    @Test func controlCharactersAreShownAsPictures() {
        #expect(
            Shop.problems("a: \u{1b}[31mred\n") == """
                shop.yaml:1:4: error: the character U+001B cannot be used here
                   1 | a: ␛[31mred
                     |    ^
                   remove it
                """)
    }

    @Test func nulIsShownAsAPicture() {
        #expect(
            Shop.problems("a: \u{0}b\n") == """
                shop.yaml:1:4: error: the character U+0000 cannot be used here
                   1 | a: ␀b
                     |    ^
                   remove it
                """)
    }

    @Test func lineSeparatorsAreRefused() {
        #expect(
            Shop.problems("a\u{2028}b: 1\n") == """
                shop.yaml:1:2: error: the character U+2028 cannot be used here
                   1 | a�b: 1
                     |  ^
                   remove it
                """)
    }

    @Test func anAnchorIsRefused() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "&x 80ms")) == """
                shop.yaml:4:14: error: anchors (&name) and aliases (*name) cannot be used
                   4 |     latency: &x 80ms
                     |              ^~~~
                   write the value out
                """)
    }

    @Test func aTagIsRefused() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "!!str 80ms")) == """
                shop.yaml:4:14: error: the tag "!!str" cannot be used
                   4 |     latency: !!str 80ms
                     |              ^~~~
                   remove it
                """)
    }

    @Test func aForeignTagIsRefused() {
        #expect(
            Shop.problems(Shop.changed("80ms", to: "!foo 80ms")) == """
                shop.yaml:4:14: error: the tag "!foo" cannot be used
                   4 |     latency: !foo 80ms
                     |              ^~~~
                   remove it
                """)
    }

    @Test func aMergeKeyIsRefused() {
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: "{ <<: { latency: 10ms } }")) == """
                shop.yaml:8:9: error: backend "rest" needs "latency"
                   8 |   rest: { <<: { latency: 10ms } }
                     |         ^
                shop.yaml:8:11: error: merge keys (<<) cannot be used
                   8 |   rest: { <<: { latency: 10ms } }
                     |           ^~
                   write the keys out
                """)
    }

    @Test func aKeyIsAWord() {
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, [a]: b, ~: c, '': d }")) == """
                shop.yaml:8:26: error: a key must be a word
                   8 |   rest: { latency: 10ms, [a]: b, ~: c, '': d }
                     |                          ^
                shop.yaml:8:34: error: unknown key "~" in backend "rest"
                   8 |   rest: { latency: 10ms, [a]: b, ~: c, '': d }
                     |                                  ^
                   known: latency, concurrency, queue, errors, answer, hop, clock, operations, faults, servers, balancer
                shop.yaml:8:40: error: a key must be a word
                   8 |   rest: { latency: 10ms, [a]: b, ~: c, '': d }
                     |                                        ^~
                """)
    }

    @Test func duplicateKeysComeOutWithTheOtherProblems() {
        let yaml = Shop.changed(
            "  rest: { latency: 10ms }",
            to: "  rest: { latency: 10ms, latency: 10, queue: x }\n  sql: { latency: 80ms }\n  "
                + "'rest': { latency: 80ms }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:8:26: error: duplicate key "latency", first in line 8
                   8 |   rest: { latency: 10ms, latency: 10, queue: x }
                     |                          ^~~~~~~
                shop.yaml:8:46: error: expected a whole number, such as 10, found "x"
                   8 |   rest: { latency: 10ms, latency: 10, queue: x }
                     |                                              ^
                shop.yaml:9:3: error: duplicate key "sql", first in line 3
                   9 |   sql: { latency: 80ms }
                     |   ^~~
                shop.yaml:10:3: error: duplicate key "rest", first in line 8
                   10 |   'rest': { latency: 80ms }
                      |   ^~~~~~
                """)
    }

    @Test func escapesCannotWriteControlCharacters() {
        #expect(
            Shop.problems(Shop.changed("flow: report", to: "flow: \"\\e[31mreport\"")) == """
                shop.yaml:14:16: error: the character U+001B cannot be used here
                   14 |   web: { flow: "\\e[31mreport", at: 0s }
                      |                ^~~~~~~~~~~~~
                   remove the escape
                shop.yaml:14:16: error: there is no flow "␛[31mreport"
                   14 |   web: { flow: "\\e[31mreport", at: 0s }
                      |                ^~~~~~~~~~~~~
                   known: report
                """)
    }
}

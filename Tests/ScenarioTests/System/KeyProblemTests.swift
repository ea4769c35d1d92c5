import Testing

/// What is said about keys, who asks for them, and what refers to them.
@Suite struct KeyProblemTests {
    @Test func impossibleKeysAreRefused() {
        ProblemTable.check(
            """
            zipf
              12: expected a way to choose keys for keys "product", found "zipf"
                write { zipf: 0.8, count: 1000 }, { uniform: 1000 }, { loop: 100 }, scan or [a, b]
            {}
              12: keys "product" needs one of: uniform, zipf, loop, hotspot, file
            { random: 10 }
              14: unknown key "random" in keys "product"
                known: uniform, zipf, loop, hotspot, file
            { uniform: 0 }
              23: 0 is not within 1 to 1000000
                write 1
            { zipf: -0.5, count: 10 }
              20: "-0.5" is not within 0 to 10
                write 0
            { zipf: 11, count: 10 }
              20: "11" is not within 0 to 10
                write 10
            { zipf: 0.8 }
              12: keys "product" needs "count"
            { uniform: 10, count: 10 }
              27: unknown key "count" in keys "product"
                known: uniform, zipf, loop, hotspot, file
            { uniform: 10, loop: 10 }
              27: keys "product" has "uniform" and "loop"
                use one of them
            { loop: many }
              20: expected a whole number, such as 10, found "many"
            []
              12: keys "product" needs 1 to 10000 keys, found 0
            [a, ~]
              16: expected a key, found nothing
            [a, ""]
              16: a key cannot be empty
            { hotspot: 10 }
              23: expected a mapping for hotspot, found "10"
                write { count: 1000, hot: 10, share: 90%, every: 10s }
            { hotspot: { count: 10, hot: 20, share: 90%, every: 10s } }
              41: hot (20) is more than the 10 keys there are
                at most 10
            { hotspot: { count: 10, hot: 2, share: 90%, every: 0s } }
              63: must be more than 0s
                write 1ms, or more
            { hotspot: { count: 10, hot: 2, share: 0.9, every: 1s } }
              51: "0.9" needs a unit: expected a share, such as 5%
                write 90%
            """
        ) { Shop.changed(adding: "keys:\n  product: \($0)\n") }
    }

    @Test func aClientTakesItsKeysFromAKnownSource() {
        let keys = "keys: { product: { uniform: 10 } }\n"
        #expect(
            Shop.problems(Shop.changed("at: 0s", to: "at: 0s, keys: prodcut", adding: keys)) == """
                shop.yaml:14:38: error: there are no keys "prodcut"
                   14 |   web: { flow: report, at: 0s, keys: prodcut }
                      |                                      ^~~~~~~
                   did you mean "product"?
                """)
        #expect(Shop.problems(Shop.changed("at: 0s", to: "at: 0s, keys: product")).contains("add them to keys"))
    }

    @Test func theRequestsKeyIsKnownOnlyWhereEveryRequestHasOne() {
        let flow = "call: { to: rest.get, args: { id: $key } }"
        let keys = "  app: { flow: report, at: 1s, keys: product }\nkeys: { product: { uniform: 10 } }\n"
        #expect(
            Shop.problems(Shop.changed("call: sql.get_order", to: flow, adding: keys)) == """
                shop.yaml:12:47: error: "key" is not known here: client "web" runs this flow and has no keys
                   12 |   report: [ call: { to: rest.get, args: { id: $key } } ]
                      |                                               ^~~~
                   write keys: NAME in each client of this flow
                """)
        #expect(
            Shop.problems(
                Shop.changed("call: sql.get_order", to: flow, and: "at: 0s", to: "at: 0s, keys: product", adding: keys))
                == "")
        #expect(
            Shop.problems(
                Shop.changed("call: sql.get_order", to: flow, and: "flow: report", to: "flow: other")
                    + "  other: { flow: other, at: 0s }\n"
            ).contains("\"key\" is not known here: there are no keys"))
    }

    @Test func nothingIsSavedInThePlaceOfTheKey() {
        #expect(
            Shop.problems(Shop.flow("call: { to: rest.get, as: key }")) == """
                shop.yaml:12:39: error: "key" is the request's own key
                   12 |   report: [ call: { to: rest.get, as: key } ]
                      |                                       ^~~
                   choose another name
                """)
    }

    @Test func theKeyIsATextWithoutFields() {
        #expect(
            Shop.problems(
                Shop.changed(
                    "call: sql.get_order", to: "call: { to: rest.get, args: { id: $key.id } }", and: "at: 0s",
                    to: "at: 0s, keys: product", adding: "keys: { product: { uniform: 10 } }\n")
            ).contains("$key has no \"id\"; it comes from the client's keys"))
    }

    @Test func anOperationKnowsSomeKeys() {
        ProblemTable.check(
            """
            product
              54: expected keys for knows, found "product"
                write [a, b] or { list: product, count: 100 }
            []
              54: knows needs 1 to 10000 keys, found 0
            { list: product }
              54: knows needs "count"
            { list: product, count: 0 }
              78: 0 is not within 1 to 10000
                write 1
            """
        ) { Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, operations: { get: { knows: \($0) } } }") }
    }

    @Test func whatKnowsItsKeysIsNotCalledWithoutOne() {
        let knowing = "{ latency: 10ms, operations: { get: { knows: [a] } } }"
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: knowing, and: "sql.get_order", to: "rest.get")) == """
                shop.yaml:12:19: error: get answers only to keys that it knows, and this call has none
                   12 |   report: [ call: rest.get ]
                      |                   ^~~~~~~~
                   write key: KEY here, or keys: NAME in the client
                """)
        let called = Shop.changed(
            "{ latency: 10ms }", to: knowing, and: "sql.get_order", to: "{ to: rest.get, key: a }")
        #expect(Shop.problems(called) == "")
        let keyed = Shop.changed("{ latency: 10ms }", to: knowing, and: "sql.get_order", to: "rest.get")
            .replacing("at: 0s", with: "at: 0s, keys: product")
        #expect(Shop.problems(keyed + "keys: { product: scan }\n") == "")
    }
}

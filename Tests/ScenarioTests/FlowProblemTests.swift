import Testing

/// What is said about flows and the data in them.
@Suite struct FlowProblemTests {
    @Test func aCallNamesAKnownBackend() {
        #expect(
            Shop.problems(Shop.flow("call: sqll.get_order")) == """
                shop.yaml:12:19: error: there is no backend "sqll"
                   12 |   report: [ call: sqll.get_order ]
                      |                   ^~~~
                   did you mean "sql"?
                """)
    }

    @Test func aCallNamesADeclaredOperation() {
        #expect(
            Shop.problems(Shop.flow("call: sql.get_ordr")) == """
                shop.yaml:12:23: error: backend "sql" has no operation "get_ordr"
                   12 |   report: [ call: sql.get_ordr ]
                      |                       ^~~~~~~~
                   did you mean "get_order"?
                """)
    }

    @Test func aCallNamesAnOperation() {
        #expect(
            Shop.problems(Shop.flow("call: sql")) == """
                shop.yaml:12:19: error: expected backend.operation, found "sql"
                   12 |   report: [ call: sql ]
                      |                   ^~~
                   write sql.OPERATION
                """)
    }

    @Test func aCallHasAKnownForm() {
        #expect(
            Shop.problems(Shop.flow("call: { too: sql.get_order }")) == """
                shop.yaml:12:21: error: unknown key "too" in call
                   12 |   report: [ call: { too: sql.get_order } ]
                      |                     ^~~
                   did you mean "to"?
                """)
    }

    @Test func aStepIsKnown() {
        #expect(
            Shop.problems(Shop.flow("cal: sql.get_order")) == """
                shop.yaml:12:13: error: unknown step "cal"
                   12 |   report: [ cal: sql.get_order ]
                      |             ^~~
                   did you mean "call"?
                """)
    }

    @Test func aStepIsAMapping() {
        #expect(
            Shop.problems(Shop.flow("sql.get_order")) == """
                shop.yaml:12:13: error: expected a step, found "sql.get_order"
                   12 |   report: [ sql.get_order ]
                      |             ^~~~~~~~~~~~~
                   write call: sql.get_order
                """)
    }

    @Test func aStepIsNotEmpty() {
        #expect(
            Shop.problems(Shop.flow("{}")) == """
                shop.yaml:12:13: error: this step is empty
                   12 |   report: [ {} ]
                      |             ^
                   steps: call, send, sequence, parallel, forEach, merge, cache, write, invalidate, wait, repeat, \
                choose, guard, fallback
                """)
    }

    @Test func twoStepsAreTwoItems() {
        #expect(
            Shop.problems(Shop.flow("{ call: sql.get_order, wait: 1s }")) == """
                shop.yaml:12:36: error: a step has one key, and this one has "call" and "wait"
                   12 |   report: [ { call: sql.get_order, wait: 1s } ]
                      |                                    ^~~~
                   begin a new step with -
                """)
    }

    @Test func theKeysOfAStepStandInside() {
        #expect(
            Shop.problems(Shop.flow("{ call: sql.get_order, as: order }")) == """
                shop.yaml:12:36: error: a step has one key, and this one has "call" and "as"
                   12 |   report: [ { call: sql.get_order, as: order } ]
                      |                                    ^~
                   indent it, or put it in { } after call:
                """)
    }

    @Test func aFlowHasSteps() {
        #expect(
            Shop.problems(Shop.flow("")) == """
                shop.yaml:12:11: error: flow "report" has no steps
                   12 |   report: [  ]
                      |           ^
                """)
    }

    @Test func aReferenceComesAfterItsCall() {
        let yaml = Shop.flow(
            "call: { to: rest.stock, args: { id: $order.productId } }, call: { to: "
                + "sql.get_order, as: order }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:49: error: "order" is not known here: the step that saves it comes later
                   12 | ….stock, args: { id: $order.productId } }, call: { to: sql.get_order, as:…
                      |                      ^~~~~~~~~~~~~~~~
                   move that step up
                """)
    }

    @Test func aReferenceIsNotToASibling() {
        let yaml = Shop.flow(
            "parallel: [ call: { to: sql.get_order, as: order }, call: { to: rest.stock, "
                + "args: { id: $order.productId } } ]")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:101: error: "order" is not known here: that call runs at the same time
                   12 | …s: order }, call: { to: rest.stock, args: { id: $order.productId } } ] ]
                      |                                                  ^~~~~~~~~~~~~~~~
                   put this step after the parallel one
                """)
    }

    @Test func aReferenceIsToSomething() {
        let yaml = Shop.flow(
            "call: { to: sql.get_order, as: order }, call: { to: rest.stock, args: { id: "
                + "$ordr.productId } }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:89: error: nothing is saved as "ordr"
                   12 | …, as: order }, call: { to: rest.stock, args: { id: $ordr.productId } } ]
                      |                                                     ^~~~~~~~~~~~~~~
                   did you mean "order"?
                """)
    }

    @Test func aReferenceIsToAKnownField() {
        let yaml = Shop.flow(
            "call: { to: sql.get_order, as: order }, call: { to: rest.stock, args: { id: "
                + "$order.productid } }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:89: error: $order has no "productid"; it comes from sql.get_order
                   12 | … as: order }, call: { to: rest.stock, args: { id: $order.productid } } ]
                      |                                                    ^~~~~~~~~~~~~~~~
                   did you mean "productId"?
                """)
    }

    @Test func aReferenceInsideATextIsShownThere() {
        let yaml = Shop.flow(
            "call: { to: sql.get_order, as: o }, call: { to: rest.stock, args: { id: \"a "
                + "$o.lines.7 b\" } }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:88: error: $o.lines has no "7"; it comes from sql.get_order
                   12 | …der, as: o }, call: { to: rest.stock, args: { id: "a $o.lines.7 b" } } ]
                      |                                                       ^~~~~~~~~~
                """)
    }

    @Test func aReferenceNeedsData() {
        #expect(
            Shop.problems(Shop.flow("call: { to: rest.x, as: a }, call: { to: rest.y, args: { id: $a.b } }")) == """
                shop.yaml:12:74: error: $a has no "b"; it comes from rest.x
                   12 | … call: { to: rest.x, as: a }, call: { to: rest.y, args: { id: $a.b } } ]
                      |                                                                ^~~~
                   add returns: to the operation
                """)
    }

    @Test func aBraceIsClosed() {
        #expect(
            Shop.problems(Shop.flow("call: { to: rest.y, args: { id: \"${order\" } }")) == """
                shop.yaml:12:45: error: "${order" is not a reference
                   12 |   report: [ call: { to: rest.y, args: { id: "${order" } } ]
                      |                                             ^~~~~~~~~
                   write $order.productId, ${order.productId}, or $$ for a dollar
                """)
    }

    @Test func aNameIsUsedOnce() {
        #expect(
            Shop.problems(Shop.flow("call: { to: rest.x, as: a }, call: { to: rest.y, as: a }")) == """
                shop.yaml:12:66: error: "a" is used already, in line 12
                   12 |   report: [ call: { to: rest.x, as: a }, call: { to: rest.y, as: a } ]
                      |                                                                  ^
                   choose another name
                """)
    }

    @Test func aNameIsUsedOnceAtTheSameTime() {
        #expect(
            Shop.problems(Shop.flow("parallel: [ call: { to: rest.x, as: a }, call: { to: rest.y, as: a } ]")) == """
                shop.yaml:12:49: error: "a" is also saved by a step that runs at the same time
                   12 | …parallel: [ call: { to: rest.x, as: a }, call: { to: rest.y, as: a } ] ]
                      |                                      ^
                   choose another name
                shop.yaml:12:78: error: "a" is also saved by a step that runs at the same time
                   12 | …parallel: [ call: { to: rest.x, as: a }, call: { to: rest.y, as: a } ] ]
                      |                                                                   ^
                   choose another name
                """)
    }

    @Test func whatForEachSavesInsideStaysInside() {
        let yaml = Shop.flow(
            "forEach: { in: [1, 2], as: n, do: [ call: { to: rest.x, as: a } ] }, call: { "
                + "to: rest.y, args: { a: $a, n: $n } }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:113: error: "a" is not known here: it is known only inside that forEach
                   12 | … to: rest.x, as: a } ] }, call: { to: rest.y, args: { a: $a, n: $n } } ]
                      |                                                           ^~
                   save the result of that step under a name
                shop.yaml:12:120: error: "n" is not known here: it is known only inside that forEach
                   12 | … to: rest.x, as: a } ] }, call: { to: rest.y, args: { a: $a, n: $n } } ]
                      |                                                                  ^~
                   save the result of that step under a name
                """)
    }

    @Test func whatACacheStepSavesInsideStaysInside() {
        let yaml = Shop.flow(
            "cache: { in: sales, key: k, do: [ call: { to: rest.x, as: a } ] }, call: { to: "
                + "rest.y, args: { a: $a } }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:111: error: "a" is not known here: it is not known when the cache answers
                   12 | …call: { to: rest.x, as: a } ] }, call: { to: rest.y, args: { a: $a } } ]
                      |                                                                  ^~
                   save the result of that step under a name
                """)
    }

    @Test func forEachNeedsAList() {
        let yaml = Shop.flow(
            "call: { to: sql.get_top, as: top }, forEach: { in: $top, as: c, do: [ call: "
                + "rest.x ] }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:64: error: forEach needs a list, and this is none
                   12 | …get_top, as: top }, forEach: { in: $top, as: c, do: [ call: rest.x ] } ]
                      |                                     ^~~~
                   write [a, b], { list: item, count: 10 }, or a reference to a list
                """)
    }

    @Test func forEachNeedsStepsAndAName() {
        #expect(
            Shop.problems(Shop.flow("forEach: { in: [1], as: x-y, do: [] }")) == """
                shop.yaml:12:37: error: "x-y" is not a name for an answer
                   12 |   report: [ forEach: { in: [1], as: x-y, do: [] } ]
                      |                                     ^~~
                   use letters, digits and _
                shop.yaml:12:46: error: forEach has no steps
                   12 |   report: [ forEach: { in: [1], as: x-y, do: [] } ]
                      |                                              ^
                """)
    }

    @Test func aCacheIsKnown() {
        let yaml = Shop.flow("cache: { in: sale, key: k, do: [ call: rest.x ] }, invalidate: { in: stock }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:26: error: there is no cache "sale"
                   12 | …ort: [ cache: { in: sale, key: k, do: [ call: rest.x ] }, invalidate: { …
                      |                      ^~~~
                   did you mean "sales"?
                shop.yaml:12:82: error: there is no cache "stock"
                   12 | … { in: sale, key: k, do: [ call: rest.x ] }, invalidate: { in: stock } ]
                      |                                                                 ^~~~~
                   known: sales
                """)
    }

    @Test func aMergeIsKnown() {
        #expect(
            Shop.problems(Shop.flow("merge: join")) == """
                shop.yaml:12:20: error: "join" is not a way to merge
                   12 |   report: [ merge: join ]
                      |                    ^~~~
                   known: concat, zip
                """)
    }

    @Test func aRequestEnds() {
        let yaml = Shop.flow(
            "repeat: { times: 1000000, do: { repeat: { times: 1000000, do: { repeat: { "
                + "times: 1000000, do: { repeat: { times: 1000000, do: { call: rest.x } } } } } } "
                + "} }")
        #expect(
            Shop.problems(yaml) == """
                shop.yaml:12:3: error: one request of flow "report" takes too many steps, and limits.maxEvents is \
                1000000
                   12 |   report: [ repeat: { times: 1000000, do: { repeat: { times: 1000000, do…
                      |   ^~~~~~
                   repeat less, or raise limits.maxEvents
                """)
    }

    @Test func aRequestFitsTheLimits() {
        #expect(
            Shop.problems(Shop.flow("repeat: { times: 1000000, do: [ call: rest.x, wait: 1s ] }")) == """
                shop.yaml:12:3: error: one request of flow "report" takes 2000000 steps, and limits.maxEvents is \
                1000000
                   12 |   report: [ repeat: { times: 1000000, do: [ call: rest.x, wait: 1s ] } ]
                      |   ^~~~~~
                   repeat less, or raise limits.maxEvents
                """)
    }
}

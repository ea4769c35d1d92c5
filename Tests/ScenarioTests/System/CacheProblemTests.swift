import Scenario
import Testing

/// What is said about caches, and about steps that use them.
@Suite struct CacheProblemTests {
    @Test func impossibleCachesAreRefused() {
        ProblemTable.check(
            """
            {}
              10: cache "sales" needs one of: ttl, capacity
            { tll: 60s }
              12: unknown key "tll" in cache "sales"
                did you mean "ttl"?
            { ttl: 0s }
              17: must be more than 0s
                write 1ms, or more
            { ttl: 60 }
              17: "60" needs a unit: expected a duration, such as 250ms
                write 60ms
            { capacity: 0 }
              22: 0 is not within 1 to 1000000
                write 1
            { capacity: none }
              22: expected a whole number, such as 10, found "none"
            { ttl: 60s, ttlJitter: 100% }
              33: with 100% an entry could expire at once
                write 50%
            { capacity: 9, ttlJitter: 10% }
              36: ttlJitter needs a ttl: without one no entry expires
                write ttl: 60s, or remove ttlJitter
            { capacity: 9, refreshAhead: 20% }
              39: refreshAhead needs a ttl: without one no entry expires
                write ttl: 60s, or remove refreshAhead
            { ttl: unlimited, staleFor: 30s }
              38: staleFor needs a ttl: without one no entry expires
                write ttl: 60s, or remove staleFor
            { capacity: 9, early: 1 }
              32: early needs a ttl: without one no entry expires
                write ttl: 60s, or remove early
            { ttl: 60s, refreshAhead: 120% }
              36: "120%" is not within 0% to 100%
                write 100%
            { ttl: 60s, early: 101 }
              29: "101" is not within 0 to 100
                write 100
            { ttl: 60s, staleFor: unlimited }
              32: expected a duration, such as 250ms, found "unlimited"
            { ttl: 60s, eviction: lur }
              32: "lur" is not an eviction
                did you mean "lru"?
            { ttl: 60s, writes: behind }
              30: "behind" is not a way to write
                known: through, back, around, aside
            { ttl: 60s, coalesce: yes }
              32: expected true or false, found "yes"
                write true
            { ttl: 60s, writes: back, flush: { every: 0s } }
              52: must be more than 0s
                write 1ms, or more
            { ttl: 60s, writes: back, flush: { batch: 0 } }
              52: 0 is not within 1 to 1000000
                write 1
            { ttl: 60s, writes: back, flush: { retry: 0s } }
              52: must be more than 0s
                write 1ms, or more
            { ttl: 60s, writes: back, flush: { every: 5s, after: 5s } }
              56: flush has "every" and "after"
                use one of them
            { ttl: 60s, writes: back, flush: { after: 0s } }
              52: must be more than 0s
                write 1ms, or more
            { ttl: 60s, writes: back, flush: { maxDirty: 0 } }
              55: 0 is not within 1 to 1000000
                write 1
            { ttl: 60s, writes: back, flush: { grace: 0s } }
              52: must be more than 0s
                write 1ms, or more
            { ttl: 60s, writes: back, flush: 5s }
              43: expected a mapping for flush, found "5s"
                write { every: 5s, batch: 100, retry: 1s }
            { ttl: 60s, size: 100 }
              22: unknown key "size" in cache "sales"
                known: ttl, capacity, latency, ttlJitter, eviction, writes, flush, coalesce, refreshAhead, \
            staleFor, early
            """
        ) { Shop.changed("{ ttl: 60s }", to: $0) }
    }

    @Test func impossibleUsesOfACacheAreRefused() {
        ProblemTable.check(
            """
            cache: { in: sales, key: a, weight: 0, do: [ call: rest.x ] }
              49: 0 is not within 1 to 1000000
                write 1
            cache: { in: sales, key: a, tags: all, do: [ call: rest.x ] }
              47: expected a list for the tags, found "all"
                write [ ... ] or lines with -
            cache: { in: sales, key: a, do: [ cache: { in: sales, key: a, do: [ call: rest.x ] } ] }
              72: cache "sales" is being asked for this key already, round this step
                use another key, or remove this step
            cache: { in: sales, key: a, do: [ write: { in: sales, key: b, do: [ call: rest.x ] } ] }
              60: this writes cache "sales" while it is being filled
                put the write after that step
            cache: { in: sales, key: "", do: [ call: rest.x ] }
              38: a key cannot be empty
            write: { in: sales, key: "", do: [ call: rest.x ] }
              38: a key cannot be empty
            write: { in: sales, key: a, changes: [b, ""], do: [ call: rest.x ] }
              54: a key cannot be empty
            call: { to: rest.x, key: "" }
              38: a key cannot be empty
            write: { in: sales, key: a }
              20: a write step needs "do"
            write: { in: sales, do: [ call: rest.x ] }
              20: a write step needs "key"
            write: { in: slaes, key: a, do: [ call: rest.x ] }
              26: there is no cache "slaes"
                did you mean "sales"?
            write: { in: sales, key: a, as: x, do: [ call: rest.x ] }
              41: unknown key "as" in a write step
                known: in, key, value, weight, tags, changes, do
            write: { in: sales, key: a, do: [ write: { in: sales, key: b, do: [ call: rest.x ] } ] }
              60: this writes cache "sales" while it is being filled
                put the write after that step
            write: { in: sales, key: a, weight: -1, do: [ call: rest.x ] }
              49: -1 is not within 1 to 1000000
                write 1
            invalidate: { in: sales, key: a, pattern: "b*" }
              46: invalidate has "key" and "pattern"
                use one of them
            invalidate: { in: sales, keys: [a], tag: b }
              49: invalidate has "keys" and "tag"
                use one of them
            invalidate: { in: sales, keys: [] }
              44: invalidate names no key
                remove keys to empty the cache
            invalidate: { in: sales, keys: a }
              44: expected a list for the keys of invalidate, found "a"
                write [ ... ] or lines with -
            invalidate: { in: sales, keys: [a, ""] }
              48: a key cannot be empty
            invalidate: { in: sales, pattern: "" }
              47: a key cannot be empty
            invalidate: { in: sales, after: 50ms }
              45: after is how long an event is on its way, and there is none
                write event: NAME, or remove after
            invalidate: { in: sales, event: "product updated" }
              45: "product updated" is not a name
                names have letters, digits, _ and -, begin with a letter, and are at most 64 long
            invalidate: sales
              25: expected a mapping for invalidate, found "sales"
                write { in: NAME, key: KEY }
            """
        ) { Shop.changed("call: sql.get_order", to: $0) }
    }

    @Test func whatIsSavedWhileACacheWritesIsKnownOnlyThere() {
        #expect(
            Shop.problems(
                Shop.flow(
                    "write: { in: sales, key: a, do: [ call: { to: sql.get_order, as: order } ] }, "
                        + "call: { to: rest.x, args: { id: $order } }")
            ).contains("\"order\" is not known here: it is not known when the cache writes"))
    }

    @Test func aCacheThatIsBeingFilledMayBeAskedForOtherThings() {
        #expect(
            Shop.problems(
                Shop.flow("cache: { in: sales, key: a, do: [ cache: { in: sales, key: b, do: [ call: rest.x ] } ] }"))
                == "")
        #expect(
            Shop.problems(
                Shop.flow(
                    "cache: { in: sales, key: a, do: [ call: rest.x ] }, "
                        + "write: { in: sales, key: a, do: [ call: rest.x ] }")) == "")
    }

    /// A load that needs a place in a bulkhead, and those who wait for it in such places.
    private static func gate(
        _ bulkhead: String = "{ concurrent: 1, queue: 9 }", cache: String = "ttl: 10s, coalesce: true",
        outer: String = "gate"
    ) -> String {
        """
        duration: 10s
        backends: { sql: { latency: 100ms } }
        caches: { near: { \(cache) }, far: { ttl: 10s, coalesce: true } }
        policies: { gate: [ bulkhead: \(bulkhead) ], timed: [ timeout: 1s, bulkhead: { concurrent: 1, queue: 9 } ] }
        flows:
          load: [ cache: { in: near, key: a, do: [ call: { to: sql.get, with: gate } ] } ]
          look:
            - guard: { with: \(outer), do: [ cache: { in: near, key: a, do: { call: sql.get } } ] }
        clients: { a: { flow: load, at: 0s }, b: { flow: look, at: 0s } }

        """
    }

    @Test func aCircleOfWaitsIsRefused() {
        #expect(
            Shop.problems(Self.gate()) == """
                shop.yaml:7:3: error: this flow can wait for ever: with a place in "gate" it waits for a load of cache \
                "near", which can wait for that place
                   7 |   look:
                     |   ^~~~
                   put a timeout round it, or load and look up on the same side of "gate"
                """)
    }

    @Test func aCircleThatTimeEndsOrNobodyWaitsInIsNone() {
        #expect(Shop.problems(Self.gate("{ concurrent: 1, queue: 0 }")) == "")
        #expect(Shop.problems(Self.gate("{ concurrent: 1, queue: 9, maxWait: 1s }")) == "")
        #expect(Shop.problems(Self.gate(cache: "ttl: 10s")) == "")
        #expect(Shop.problems(Self.gate(outer: "timed")) == "")
    }

    @Test func theBackgroundHasNoTimeout() {
        let timed = Self.gate().replacing(
            "[ cache: { in: near, key: a, do: [ call: { to: sql.get, with: gate } ] } ]",
            with: "[ guard: { with: limited, do: "
                + "[ cache: { in: near, key: a, do: [ call: { to: sql.get, with: gate } ] } ] } ]"
        ).replacing("policies: {", with: "policies: { limited: [ timeout: 1s ],")
        #expect(Shop.problems(timed) == "")
        let early = timed.replacing("near: { ttl: 10s", with: "near: { refreshAhead: 20%, ttl: 10s")
        #expect(Shop.problems(early).contains("this flow can wait for ever"))
    }

    @Test func aCircleThroughAnOperationsStepsIsRefused() {
        let through = Self.gate().replacing(
            "{ sql: { latency: 100ms } }",
            with: "{ sql: { latency: 100ms }, shop: { latency: 1ms, operations: { get: { do: "
                + "[ call: { to: sql.get, with: gate } ] } } } }"
        ).replacing("[ call: { to: sql.get, with: gate } ] } ]", with: "[ call: shop.get ] } ]")
        #expect(Shop.problems(through).contains("with a place in \"gate\" it waits for a load of cache \"near\""))
    }

    @Test func cachesThatLoadThroughEachOtherAreRefused() {
        let both = Self.gate().replacing(
            "call: { to: sql.get, with: gate }", with: "cache: { in: far, key: b, do: { call: sql.get } }"
        ).replacing(
            "guard: { with: gate, do: [ cache: { in: near, key: a, do: { call: sql.get } } ] }",
            with: "cache: { in: far, key: b, do: [ cache: { in: near, key: a, do: { call: sql.get } } ] }")
        #expect(Shop.problems(both).contains("while it loads for cache \"near\" it waits for a load of cache \"far\""))
    }

    @Test func coalescingCannotBeSwitchedOnWhereItWouldCloseACircle() throws {
        let document = try ScenarioDocument(yaml: Self.gate(cache: "ttl: 10s"), file: "shop.yaml")
        #expect(throws: ScenarioError.self) { try document.setting("caches.near.coalesce", to: "true") }
    }
}

import Scenario
import Testing

/// Caches, keys and the steps that use them, as they are read.
@Suite struct CacheReadingTests {
    private func cache(_ written: String) throws -> Cache? {
        let yaml = Shop.changed("{ ttl: 60s }", to: written)
        return try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.caches.first
    }

    private func steps(_ steps: String) throws -> [Step] {
        let yaml = Shop.changed("[ call: sql.get_order ]", to: steps, and: "at: 0s", to: "at: 0s, keys: product")
        return try ScenarioDocument(yaml: yaml + "keys: { product: { uniform: 10 } }\n", file: "shop.yaml")
            .scenario.flows[0].steps
    }

    private func keys(_ written: String) throws -> KeySource.Popularity? {
        let yaml = Shop.changed(adding: "keys:\n  product: \(written)\n")
        return try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.keys.first?.popularity
    }

    @Test func aCacheHasAllItsSettings() throws {
        let cache = try cache(
            """
            { ttl: 60s, ttlJitter: 10%, latency: 1ms, capacity: 100, eviction: s3fifo, writes: back,
                     flush: { every: 2s, batch: 10, retry: 3s }, coalesce: true, refreshAhead: 20%, staleFor: 30s,
                     early: 1 }
            """)
        #expect(
            cache
                == Cache(
                    name: "sales", latency: .fixed(.milliseconds(1)), ttl: .seconds(60), ttlJitter: 0.1,
                    capacity: 100, eviction: .s3fifo, writes: .back,
                    flush: Cache.Flush(.every(.seconds(2)), batch: 10, retry: .seconds(3)), coalesces: true,
                    refreshAhead: 0.2, staleFor: .seconds(30), early: 1))
    }

    @Test func whatIsDirtyHasItsOwnSettings() throws {
        let cache = try cache("{ ttl: 60s, writes: back, flush: { after: 2s, maxDirty: 20, grace: 10s } }")
        #expect(cache?.flush == Cache.Flush(.after(.seconds(2)), maxDirty: 20, grace: .seconds(10)))
        #expect(try self.cache("{ ttl: 60s, flush: { maxDirty: unlimited } }")?.flush == Cache.Flush())
    }

    @Test(arguments: [
        "{ capacity: 7 }", "{ ttl: unlimited, capacity: 7 }",
        """
        { ttl: none, capacity: 7, refreshAhead: none, staleFor: none, early: none, ttlJitter: 0%, eviction: lru,
                 writes: through, flush: {}, coalesce: false, latency: 0s }
        """,
        "{ capacity: 7, refreshAhead: 0%, staleFor: 0s, early: 0, flush: { batch: unlimited } }",
    ])
    func whatACacheLeavesOutHasItsDefaults(written: String) throws {
        #expect(try cache(written) == Cache(name: "sales", capacity: 7))
    }

    @Test(arguments: Cache.Eviction.allCases) func everyEvictionIsRead(eviction: Cache.Eviction) throws {
        #expect(try cache("{ capacity: 7, eviction: \(eviction.rawValue) }")?.eviction == eviction)
    }

    @Test(arguments: Cache.Writes.allCases) func everyWayToWriteIsRead(writes: Cache.Writes) throws {
        #expect(try cache("{ capacity: 7, writes: \(writes.rawValue) }")?.writes == writes)
    }

    @Test(arguments: [
        ("{ zipf: 0.8, count: 1000 }", KeySource.Popularity.zipf(exponent: 0.8, count: 1000)),
        ("{ uniform: 50 }", .uniform(count: 50)), ("{ loop: 120 }", .loop(count: 120)), ("scan", .scan),
        ("[user:1, 7, user:1]", .listed(["user:1", "7", "user:1"])),
        (
            "{ hotspot: { count: 1000, hot: 10, share: 90%, every: 10s } }",
            .hotspot(count: 1000, hot: 10, share: 0.9, every: .seconds(10))
        ),
    ])
    func everyWayToChooseKeysIsRead(written: String, popularity: KeySource.Popularity) throws {
        #expect(try keys(written) == popularity)
    }

    @Test func theRequestsKeyIsKnownInTheFlowsOfClientsWithKeys() throws {
        let call = Step.call(Call(backend: "sql", operation: "get_order"))
        #expect(
            try steps("[ cache: { in: sales, key: $key, weight: 2, tags: [all, $key], do: { call: sql.get_order } } ]")
                == [
                    .cache(
                        CacheStep(
                            cache: "sales", key: .reference(["key"]), weight: 2,
                            tags: [.literal(.text("all")), .reference(["key"])], steps: [call]))
                ])
        #expect(
            try steps("[ call: { to: rest.get, key: \"page:$key\" } ]") == [
                .call(
                    Call(
                        backend: "rest", operation: "get",
                        key: .joined([.literal(.text("page:")), .reference(["key"])])))
            ])
    }

    @Test func aWriteHasItsKeyItsValueAndItsSteps() throws {
        let call = Step.call(Call(backend: "sql", operation: "get_order"))
        #expect(
            try steps(
                """
                [ write: { in: sales, key: $key, value: 7, weight: 3, tags: [all], changes: [list, "of:$key"],
                           do: [call: sql.get_order] } ]
                """)
                == [
                    .write(
                        WriteStep(
                            cache: "sales", key: .reference(["key"]), value: .literal(.number(7)), weight: 3,
                            tags: [.literal(.text("all"))],
                            changes: [
                                .literal(.text("list")), .joined([.literal(.text("of:")), .reference(["key"])]),
                            ],
                            steps: [call]))
                ])
    }

    @Test(arguments: [
        ("", Invalidate(cache: "sales")),
        ("key: $key", Invalidate(cache: "sales", target: .keys([.reference(["key"])]))),
        (
            "keys: [a, $key]",
            Invalidate(cache: "sales", target: .keys([.literal(.text("a")), .reference(["key"])]))
        ),
        ("pattern: \"orders:*\"", Invalidate(cache: "sales", target: .pattern(.literal(.text("orders:*"))))),
        ("tag: all", Invalidate(cache: "sales", target: .tag(.literal(.text("all"))))),
        (
            "key: a, event: ProductUpdated, after: 50ms",
            Invalidate(
                cache: "sales", target: .keys([.literal(.text("a"))]), event: "ProductUpdated",
                after: .fixed(.milliseconds(50)))
        ),
        ("event: Emptied", Invalidate(cache: "sales", event: "Emptied")),
    ])
    func invalidateIsAimedAtKeysAPatternATagOrEverything(written: String, step: Invalidate) throws {
        let comma = written.isEmpty ? "" : ", "
        #expect(try steps("[ invalidate: { in: sales\(comma)\(written) } ]") == [.invalidate(step)])
    }

    @Test(arguments: [
        ("[a, 7]", ["a", "7"]), ("{ list: product, count: 3 }", ["product-1", "product-2", "product-3"]),
    ])
    func anOperationKnowsItsKeys(written: String, keys: [String]) throws {
        let yaml = Shop.changed(
            "{ latency: 10ms }", to: "{ latency: 10ms, operations: { get: { knows: \(written) } } }")
        let rest = try #require(try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario.backends.last)
        #expect(rest.operations.first?.knows == keys)
    }
}

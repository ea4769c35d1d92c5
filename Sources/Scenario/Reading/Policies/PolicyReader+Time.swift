/// Time-outs, hedges and fallbacks.
extension PolicyReader {
    static let fallbackKeys = ["value", "stale", "omit"]
    private static let mostCopies = 10

    func timeout(_ node: YAMLNode) -> TimeoutRule? {
        if node.entries == nil { return limit(node).map { TimeoutRule(total: $0) } }
        return reader.mapping(node, "timeout") { map in
            let nodes = map.some(of: ["total", "connect", "read"])
            let limits = nodes.map { $0.flatMap(limit) ?? nil }
            let rule = TimeoutRule(total: limits[0], connect: limits[1], read: limits[2])
            if let node = nodes[1], let connect = rule.connect, let total = rule.total, connect > total {
                reader.report("connect (\(connect.written)) is longer than total (\(total.written))", at: node.mark)
            }
            return rule
        }
    }

    func hedge(_ node: YAMLNode) -> HedgeRule? {
        if node.entries == nil { return reader.duration(node).map { HedgeRule(after: $0) } }
        return reader.mapping(node, "hedge") { map in
            let after = map.required("after").flatMap { reader.duration($0) }
            let copies = map.optional("copies").flatMap { reader.count($0, in: 1...Self.mostCopies) }
            return after.map { HedgeRule(after: $0, copies: copies ?? 1) }
        }
    }

    func fallback(_ node: YAMLNode) -> FallbackRule? {
        if node.text == "omit" { return .omit }
        return reader.mapping(node, "fallback", example: "{ value: { items: [] } }") { map in
            map.one(of: Self.fallbackKeys).flatMap { fallback($0.key, $0.value) }
        }
    }

    func fallback(_ key: String, _ node: YAMLNode) -> FallbackRule? {
        switch key {
        case "value": return system.value(node).map(FallbackRule.value)
        case "stale": return node.text == "any" ? .stale(upTo: nil) : system.positive(node).map { .stale(upTo: $0) }
        default:
            guard let flag = reader.flag(node) else { return nil }
            if flag { return .omit }
            reader.report("omit: false is no fallback", at: node.mark, suggestion: "write omit: true, or remove it")
            return nil
        }
    }
}

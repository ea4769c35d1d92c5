/// Steps of which only some are taken.
extension FlowReader {
    /// A list of branches, or `{ by: cache, of: [...] }`.
    mutating func choose(_ node: YAMLNode) -> Choose? {
        if node.items != nil { return branches(node).map { Choose(branches: $0) } }
        return reader.mapping(node, "choose", example: "[ { share: 80%, do: [ ... ] }, { share: 20%, do: [ ... ] } ]") {
            map in
            let by = map.optional("by").flatMap { reader.name($0, "a name for the choice") }
            let branches = map.required("of").flatMap { self.branches($0) }
            return branches.map { Choose(by: by, branches: $0) }
        }
    }

    private mutating func branches(_ node: YAMLNode) -> [Choose.Branch]? {
        guard let items = reader.sequence(node, "the branches of choose") else { return nil }
        if items.isEmpty { reader.report("choose has no branches", at: node.mark) }
        var branches: [Choose.Branch] = []
        var sum = 0.0
        for item in items {
            guard let branch = branch(item) else { continue }
            branches.append(branch)
            sum += branch.share
            // 100 % written as thirds and the like: their sum is not exact.
            guard sum > 1 + 1e-9, sum - branch.share <= 1 + 1e-9 else { continue }
            reader.report(
                "with this branch the shares are more than 100% together", at: (item["share"] ?? item).mark,
                suggestion: "at most \(Quantity.percent(max(0, Self.left(of: sum, without: branch.share))))")
        }
        return branches.count == items.count ? branches : nil
    }

    /// What is left for a branch, to a millionth.
    private static func left(of sum: Double, without share: Double) -> Double {
        ((1 - (sum - share)) * 1e6).rounded() / 1e6
    }

    private mutating func branch(_ node: YAMLNode) -> Choose.Branch? {
        reader.mapping(node, "a branch", example: "{ label: cache hit, share: 80%, do: [ ... ] }") { map in
            let label = map.optional("label").flatMap { reader.text($0, "a label") }
            let share = map.required("share").flatMap { reader.share($0) }
            let start = scope.visible.count
            let steps = map.required("do").flatMap { body in
                // It need not be taken in every request.
                repeated(share == 1 ? 1 : 0) { flow in flow.steps(body, "a branch") }
            }
            scope.leave(to: start, because: "it is known only in that branch")
            guard let share, let steps else { return nil }
            return Choose.Branch(label: label, share: share, steps: steps)
        }
    }
}

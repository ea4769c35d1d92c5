/// Policies round calls and steps, and what is answered instead when they fail.
extension FlowReader {
    /// A policy by its name; `rule`: as far as it could be read.
    func policyName(_ node: YAMLNode) -> (name: String, rule: Policy?)? {
        guard let name = reader.text(node, "the name of a policy") else { return nil }
        guard declared.hasPolicy(name) else {
            reader.report(
                .missing("policy", "ninguna política", name), at: node.mark,
                hint: Suggestion.text(for: name, in: declared.policies) ?? .addIt(to: "policies"))
            return nil
        }
        let rule = declared.policy(name)
        if hasBulkhead(name) { log.use(.policy(name), by: owner) }
        if policies.contains(name), hasBulkhead(name) {
            reader.report(
                "policy \(SafeText.quoted(name)) is already round this step, and its bulkhead would wait for itself",
                at: node.mark, suggestion: "use another policy here")
        }
        return (name, rule)
    }

    func hasBulkhead(_ policy: String) -> Bool {
        declared.policy(policy)?.layers.contains(where: \.rule.isBulkhead) == true
    }

    mutating func guarded(_ node: YAMLNode) -> Step? {
        reader.mapping(node, "guard") { map in
            let policy = map.required("with").flatMap(policyName)
            let start = scope.visible.count
            if let policy { policies.append(policy.name) }
            let steps = map.required("do").flatMap { self.steps($0, "guard") }
            if let policy {
                policies.removeLast()
                if policy.rule?.layers.contains(where: \.rule.isFallback) ?? true {
                    scope.leave(to: start, because: "it is not known when the policy's fallback answers")
                }
            }
            guard let policy, let steps else { return nil }
            return .guarded(Guarded(policy: policy.name, steps: steps))
        }
    }

    mutating func fallback(_ node: YAMLNode) -> Step? {
        reader.mapping(node, "fallback") { map in
            let start = scope.visible.count
            let steps = map.required("do").flatMap { self.steps($0, "fallback") }
            scope.leave(to: start, because: "it is not known when the fallback answers")
            let otherwise = map.one(of: PolicyReader.fallbackKeys + ["or"]).flatMap { chosen in
                chosen.key == "or"
                    ? otherSource(chosen.value)
                    : PolicyReader(system: system).fallback(chosen.key, chosen.value).map(FallbackStep.Otherwise.rule)
            }
            let shape = steps.flatMap(answer)
            let saveAs = map.optional("as").flatMap { variable($0, shape: shape, origin: "fallback") }
            guard let steps, let otherwise else { return nil }
            return .fallback(FallbackStep(steps: steps, otherwise: otherwise, saveAs: saveAs))
        }
    }

    /// Steps that run only when others fail: one request need not take them.
    private mutating func otherSource(_ node: YAMLNode) -> FallbackStep.Otherwise? {
        let start = scope.visible.count
        let steps = repeated(0) { flow in flow.steps(node, "or") }
        scope.leave(to: start, because: "it is known only when the fallback answers")
        return steps.map(FallbackStep.Otherwise.steps)
    }

    /// What the answer of steps looks like: that of the last one that has an answer. `nil`: not known before the run.
    private func answer(of steps: [Step]) -> Value? {
        for step in steps.reversed() {
            switch step {
            case .wait, .invalidate, .send: continue
            case .call(let call): return declared.backend(call.backend)?.returns(call.operation)
            case .sequence(let steps), .repeat(_, let steps): return answer(of: steps)
            case .cache(let step): return answer(of: step.steps)
            case .guarded(let guarded): return answer(of: guarded.steps)
            case .fallback(let step): return answer(of: step.steps)
            case .parallel(let branches):
                let answers = branches.compactMap { answer(of: [$0]) }
                return answers.count == branches.count ? .list(answers) : nil
            case .forEach, .merge, .write, .choose: return nil
            }
        }
        return nil
    }
}

extension Layer.Rule {
    var isBulkhead: Bool {
        if case .bulkhead = self { true } else { false }
    }

    fileprivate var isFallback: Bool {
        if case .fallback = self { true } else { false }
    }
}

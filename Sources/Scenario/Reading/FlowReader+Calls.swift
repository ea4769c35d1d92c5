/// Calls, and the data that passes between them.
extension FlowReader {
    mutating func call(_ node: YAMLNode) -> Call? {
        count(1)
        if node.text != nil {
            guard let to = callee(node) else { return nil }
            note(to, at: node.mark)
            return Call(backend: to.backend, operation: to.operation)
        }
        return reader.mapping(node, "call") { map in
            let to = map.required("to").flatMap { callee($0) }
            let arguments = map.optional("args").map { self.arguments($0) } ?? []
            let saveAs = map.optional("as").flatMap { name in
                variable(name, shape: to?.returns, origin: to.map { "\($0.backend).\($0.operation)" } ?? "a call")
            }
            let policy = map.optional("with").flatMap(policyName)
            let hasIdempotencyKey = map.optional("idempotencyKey").flatMap { reader.flag($0) } ?? false
            let keyNode = map.optional("key")
            let key = keyNode.flatMap { self.key($0) }
            if let to, let node = map.node["to"] {
                note(to, at: node.mark, hasKey: keyNode != nil, with: policy?.name)
            }
            return to.map {
                Call(
                    backend: $0.backend, operation: $0.operation, arguments: arguments, saveAs: saveAs,
                    policy: policy?.name, hasIdempotencyKey: hasIdempotencyKey, key: key)
            }
        }
    }

    /// A call that nobody waits for.
    mutating func send(_ node: YAMLNode) -> Send? {
        count(1)
        if node.text != nil {
            guard let to = callee(node) else { return nil }
            note(to, at: node.mark)
            return Send(call: Call(backend: to.backend, operation: to.operation))
        }
        return reader.mapping(node, "send", example: "audit.note") { map in
            let to = map.required("to").flatMap { callee($0) }
            let arguments = map.optional("args").map { self.arguments($0) } ?? []
            let keyNode = map.optional("key")
            let key = keyNode.flatMap { self.key($0) }
            let lost = map.optional("lost").map(lost) ?? 0
            if let to, let node = map.node["to"] { note(to, at: node.mark, hasKey: keyNode != nil) }
            guard let to, let lost else { return nil }
            let call = Call(backend: to.backend, operation: to.operation, arguments: arguments, key: key)
            return Send(call: call, lost: lost)
        }
    }

    /// `true`, or a share.
    private func lost(_ node: YAMLNode) -> Double? {
        if case .scalar("true", plain: true) = node.content { return 1 }
        if case .scalar("false", plain: true) = node.content { return 0 }
        return reader.share(node)
    }

    private struct Target {
        var backend: String
        var operation: String
        var returns: Value?
        var needsKey = false
    }

    /// Notes a call: one without a key of its own has that of the request, or of the call that it is made for.
    private func note(_ target: Target, at mark: SourceMark, hasKey: Bool = false, with policy: String? = nil) {
        let hasKnown = hasKey || !isOperation && scope.variable(FlowScope.key) != nil
        log.add(
            CallLog.Entry(
                from: owner, to: "\(target.backend).\(target.operation)", mark: mark, times: times,
                subject: hasKnown ? .known : isOperation ? .inherited : .nothing,
                policies: (policies + [policy].compactMap(\.self)).filter(hasBulkhead), caches: cachesInUse))
        guard target.needsKey, !hasKnown else { return }
        if isOperation {
            return log.need(CallLog.Need(owner: owner, mark: mark, callee: target.operation))
        }
        reader.report(
            "\(target.operation) answers only to keys that it knows, and this call has none", at: mark,
            suggestion: "write key: KEY here, or keys: NAME in the client")
    }

    /// `backend.operation`, both known.
    private func callee(_ node: YAMLNode) -> Target? {
        guard let text = reader.text(node, "backend.operation") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Name.isValid(parts[0]), Name.isValid(parts[1]) else {
            let isBackend = declared.backend(text) != nil
            reader.report(
                LocalizedText(
                    en: "expected backend.operation, found \(SafeText.quoted(text))",
                    es: "se espera backend.operación, y \(node.foundInSpanish)"),
                at: node.mark,
                hint: isBackend
                    ? LocalizedText(en: "write \(text).OPERATION", es: "escribe \(text).OPERACIÓN") : nil)
            return nil
        }
        guard let backend = declared.backend(parts[0]) else {
            if let pool = declared.pool(of: parts[0]) {
                reader.report(
                    "\(SafeText.quoted(parts[0])) is a server, and calls go to its pool",
                    at: node.mark, suggestion: "write \(pool.name).\(parts[1])")
                return nil
            }
            reader.report(
                .missing("backend", "ningún backend", parts[0]),
                at: node.mark.part(from: 0, length: parts[0].unicodeScalars.count),
                hint: Suggestion.text(for: parts[0], in: declared.backends.map(\.name)) ?? .addIt(to: "backends"))
            return nil
        }
        if backend.operations.isEmpty { return Target(backend: parts[0], operation: parts[1], returns: .null) }
        if let operation = backend.operation(parts[1]) {
            return Target(
                backend: parts[0], operation: parts[1], returns: operation.returns, needsKey: operation.needsKey)
        }
        let (name, operation) = (SafeText.quoted(parts[0]), SafeText.quoted(parts[1]))
        reader.report(
            LocalizedText(
                en: "backend \(name) has no operation \(operation)",
                es: "el backend \(name) no tiene ninguna operación \(operation)"),
            at: node.mark.part(
                from: parts[0].unicodeScalars.count + 1, length: parts[1].unicodeScalars.count),
            hint: Suggestion.text(for: parts[1], in: backend.operations.map(\.name)))
        return nil
    }

    private func arguments(_ node: YAMLNode) -> [Argument] {
        guard let entries = node.entries else {
            reader.report("expected a mapping for args, found \(node.found)", at: node.mark)
            return []
        }
        return entries.compactMap { entry in
            guard reader.checkName(entry.key, at: entry.keyMark) else { return nil }
            return expression(entry.value).map { Argument(name: entry.key, value: $0) }
        }
    }

    /// Makes the request's key known, where every request of the flow has one.
    mutating func showKey(of flow: YAMLEntry) {
        if let client = declared.keylessClient(of: flow.key) {
            scope.keyless = client
        } else if !declared.keys.isEmpty {
            showKey(origin: "the client's keys", line: flow.keyMark.line)
        }
    }

    mutating func showKey(origin: String, line: Int) {
        scope.show(FlowScope.Variable(name: FlowScope.key, shape: .text(""), origin: origin, line: line))
    }

    /// Text or data; texts may refer to what is known at this step.
    func expression(_ node: YAMLNode) -> Expression? { resolved(node)?.expression }

    /// The same for a key, which is not empty.
    func key(_ node: YAMLNode) -> Expression? {
        guard let expression = expression(node) else { return nil }
        guard case .literal(.text("")) = expression else { return expression }
        reader.report("a key cannot be empty", at: node.mark)
        return nil
    }

    private func resolved(_ node: YAMLNode) -> (expression: Expression, shape: Value?)? {
        guard let text = node.text, text.unicodeScalars.contains("$") else {
            return system.value(node).map { (.literal($0), $0) }
        }
        guard let (expression, references) = Expression.parse(text) else {
            reader.report(
                "\(SafeText.quoted(text)) is not a reference", at: node.mark,
                suggestion: "write $order.productId, ${order.productId}, or $$ for a dollar")
            return nil
        }
        var shape: Value?
        for reference in references {
            let mark = node.mark.part(from: reference.offset, length: reference.length)
            guard let found = scope.resolve(reference.path, at: mark, reader: reader) else { return nil }
            shape = found.shape
            if isOperation, reference.path[0] == FlowScope.key {
                log.need(CallLog.Need(owner: owner, mark: mark, callee: nil))
            }
        }
        if case .reference = expression { return (expression, shape) }
        return (expression, .text(""))
    }

    /// An expression that gives a list; its length and what its items look like, where known.
    func list(_ node: YAMLNode) -> (expression: Expression, item: Value?, count: Int?)? {
        guard let (expression, shape) = resolved(node) else { return nil }
        switch shape {
        case nil: return (expression, nil, nil)
        case .list(let items): return (expression, items.first ?? .null, items.count)
        case .generated(let name, let count): return (expression, .text(name), count)
        default:
            reader.report(
                "forEach needs a list, and this is none", at: node.mark,
                suggestion: "write [a, b], { list: item, count: 10 }, or a reference to a list")
            return nil
        }
    }

    /// Makes a name known to the steps that follow.
    mutating func variable(_ node: YAMLNode, shape: Value?, origin: String) -> String? {
        guard let name = reader.text(node, "a name") else { return nil }
        guard Name.isValid(name), !name.contains("-") else {
            reader.report(
                "\(SafeText.quoted(name)) is not a name for an answer", at: node.mark,
                suggestion: "use letters, digits and _")
            return nil
        }
        if name == FlowScope.key {
            reader.report(
                "\"key\" is the request's own key", at: node.mark, suggestion: "choose another name")
            return nil
        }
        if let first = scope.variable(name) {
            reader.report(
                "\(SafeText.quoted(name)) is used already, in line \(first.line)", at: node.mark,
                suggestion: "choose another name")
            return nil
        }
        if scope.isConcurrent(name) {
            reader.report(
                "\(SafeText.quoted(name)) is also saved by a step that runs at the same time", at: node.mark,
                suggestion: "choose another name")
            return nil
        }
        scope.show(FlowScope.Variable(name: name, shape: shape, origin: origin, line: node.mark.line))
        return name
    }
}

extension SourceMark {
    /// A part of the place, counted in scalars from its start; of a quoted text, from behind the quote.
    func part(from offset: Int, length: Int) -> SourceMark {
        let line = Array(source.lines[self.line - 1].unicodeScalars.dropFirst(column - 1))
        let quote = line.first == "\"" || line.first == "'" ? 1 : 0
        guard quote + offset + length <= self.length else { return self }
        return SourceMark(source: source, line: self.line, column: column + quote + offset, length: length)
    }
}

/// What a backend answers when a call goes wrong.
extension ScenarioReader {
    /// `reset`, `503`, or `{ status: 429, retryAfter: 2s }`.
    func answer(_ node: YAMLNode) -> ErrorAnswer? {
        if node.text == "reset" { return .reset }
        if node.entries == nil { return status(node).map { Self.answer(status: $0) } }
        return reader.mapping(node, "an answer", example: "{ status: 429, retryAfter: 2s }") { map in
            let status = map.required("status").flatMap(self.status)
            let waitNode = map.optional("retryAfter")
            let wait = waitNode.flatMap { reader.duration($0) }
            guard let status, waitNode == nil || wait != nil else { return nil }
            return wait.map { .status(status, retryAfter: $0) } ?? Self.answer(status: status)
        }
    }

    private static func answer(status: Int) -> ErrorAnswer { status == 500 ? .failed : .status(status) }

    /// One of the statuses that backends answer with.
    func status(_ node: YAMLNode) -> Int? {
        let known = ErrorAnswer.statuses.map(String.init)
        guard let text = node.text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            reader.report(
                "expected a status, such as 503, found \(node.found)", at: node.mark,
                suggestion: Suggestion.nearest(to: node.text ?? "", in: ["reset"]).map { "did you mean \"\($0)\"?" })
            return nil
        }
        if known.contains(text), let status = Int(text) { return status }
        reader.report(
            "no backend answers \(SafeText.line(text))", at: node.mark,
            suggestion: "known: \(known.joined(separator: ", "))")
        return nil
    }
}

extension ErrorAnswer {
    /// The answer as it would be written in YAML: `503`, `reset`, `{ status: 429, retryAfter: 2s }`.
    public var written: String {
        switch self {
        case .failed: "500"
        case .reset: "reset"
        case .status(let status, nil): "\(status)"
        case .status(let status, let wait?): "{ status: \(status), retryAfter: \(wait.written) }"
        }
    }
}

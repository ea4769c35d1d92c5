import Diagrams

/// A scenario that is written as a sequence diagram: `diagram:` with text, or `{ file: checkout.mmd }`.
extension ScenarioReader {
    /// Diagrams that only show something may be larger.
    static let mostDiagramMessages = 10_000
    static let mostDiagramDepth = 40
    static let diagramLatency = Duration.milliseconds(50)

    /// The scenario with its diagram's parts in the place of `diagram`, what it says itself over them. As it is when it
    /// has none. `nil`: the diagram cannot be read; problems go to the reader.
    func withDiagram(_ root: YAMLNode) -> (root: YAMLNode, diagram: DiagramScenario?)? {
        guard let entries = root.entries, let node = root["diagram"] else { return (root, nil) }
        let own = YAMLNode(.mapping(entries.filter { $0.key != "diagram" }), mark: root.mark)
        guard let (origin, latency) = diagramOrigin(node) else { return nil }
        return translated(origin, latency: latency, under: own)
    }

    /// A diagram's parts, what a file says itself over them. `nil`: it cannot be read; problems go to the reader.
    func translated(
        _ origin: DiagramOrigin, latency: Duration, under own: YAMLNode
    ) -> (root: YAMLNode, diagram: DiagramScenario?)? {
        do throws(DiagramError) {
            let diagram = try DiagramReader.read(origin.text)
            guard isFit(diagram, origin), let program = DiagramProgram(diagram) else { return nil }
            let translation = DiagramTranslation(diagram, program: program, latency: latency) { origin.mark($0) }
            return (DiagramMerge.merge(own, over: translation.root), translation.scenario)
        } catch {
            for problem in error.problems { reader.report(origin.problem(problem)) }
            return nil
        }
    }

    private func diagramOrigin(_ node: YAMLNode) -> (origin: DiagramOrigin, latency: Duration)? {
        if let text = node.text, !node.isNull {
            return (DiagramOrigin(inline: node, text: text), Self.diagramLatency)
        }
        return reader.mapping(node, "diagram", example: "{ file: checkout.mmd }") { map in
            let written = map.one(of: ["file", "text"])
            let latency = map.optional("latency").map { reader.duration($0) } ?? Self.diagramLatency
            guard let written, let latency else { return nil }
            if written.key == "text" {
                return reader.text(written.value, "a diagram").map {
                    (DiagramOrigin(inline: written.value, text: $0), latency)
                }
            }
            return diagramFile(written.value).map { ($0, latency) }
        }
    }

    private func diagramFile(_ node: YAMLNode) -> DiagramOrigin? {
        guard let path = keyFilePath(node, "the path of a diagram", example: "checkout.mmd") else { return nil }
        let quoted = SafeText.quoted(path)
        switch files.read(path) {
        case .success(let bytes):
            let folder = node.mark.source.file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let file = (folder.map(String.init) + [path]).joined(separator: "/")
            if let text = String(validating: bytes, as: UTF8.self) { return DiagramOrigin(file: file, text: text) }
            reader.report("\(quoted) is not UTF-8 text", at: node.mark, suggestion: "save it as UTF-8")
        case .failure(let failure):
            let (message, suggestion) = Self.explain(failure)
            reader.report("\(quoted) \(message)", at: node.mark, suggestion: suggestion)
        }
        return nil
    }

    private func isFit(_ diagram: Diagram, _ origin: DiagramOrigin) -> Bool {
        var size = DiagramSize()
        size.count(diagram.statements, depth: 0)
        guard let first = size.first else {
            let start = Position(line: 1, column: 1)
            reader.report(
                "a diagram without messages has nothing to run", at: origin.mark(start), suggestion: "write A->>B: text"
            )
            return false
        }
        if size.messages > Self.mostDiagramMessages {
            reader.report(
                "a diagram that runs has at most \(Self.mostDiagramMessages) messages, and this one \(size.messages)",
                at: origin.mark(first))
            return false
        }
        if let loop = size.tooOften {
            reader.report(
                "a loop goes round at most \(DiagramWords.mostRounds) times in a run", at: origin.mark(loop),
                suggestion: "write a smaller number")
            return false
        }
        guard let deep = size.tooDeep else { return true }
        reader.report("in a diagram that runs, blocks lie at most \(Self.mostDiagramDepth) deep", at: origin.mark(deep))
        return false
    }
}

private struct DiagramSize {
    var messages = 0
    var first: Position?
    var tooDeep: Position?
    var tooOften: Position?

    mutating func count(_ statements: [Statement], depth: Int) {
        for statement in statements {
            switch statement {
            case .message(let message):
                messages += 1
                first = first ?? message.position
            case .block(let block):
                if depth >= ScenarioReader.mostDiagramDepth { tooDeep = tooDeep ?? block.position }
                if block.kind == .loop, let rounds = DiagramWords.count(block.sections.first?.label ?? ""),
                    rounds > DiagramWords.mostRounds
                {
                    tooOften = tooOften ?? block.position
                }
                for section in block.sections { count(section.statements, depth: depth + 1) }
            default: break
            }
        }
    }
}

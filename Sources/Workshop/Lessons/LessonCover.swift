import Scenario

/// What the menu shows of a lesson: enough to choose one, and quick to read.
public struct LessonCover: Hashable, Sendable {
    /// Path of the lesson's folder.
    public var folder: String
    /// The pack that it belongs to; `nil`: it comes with Ensayo.
    public var pack: String?
    public var number: Int
    public var id: String
    public var title: LocalizedText
    public var card: LessonCard
    /// In order.
    public var steps: [Step]
    /// How long the whole lesson takes.
    public var minutes: Int

    /// What can be said of a step before its lesson is read.
    public struct Step: Hashable, Sendable {
        /// As it is written in the lesson's file.
        public enum Kind: String, Hashable, Sendable { case read, watch, predict, experiment, challenge }

        public var id: String
        public var title: LocalizedText
        public var kind: Kind

        public init(id: String, title: LocalizedText, kind: Kind = .read) {
            self.id = id
            self.title = title
            self.kind = kind
        }
    }

    public var predictionCount: Int { steps.count { $0.kind == .predict } }
    public var challengeCount: Int { steps.count { $0.kind == .challenge } }

    /// Reads the head of a lesson, and of its steps no more than their kinds, ids and titles.
    ///
    /// Throws ``ScenarioError`` with what is wrong with these; ``LessonReader`` finds the rest.
    public static func read(_ source: LessonSource) throws(ScenarioError) -> LessonCover {
        let reader = YAMLReader()
        var source = source
        source.yaml = source.yaml.map { sections($0, ["format", "id", "title", "card", "steps"]) }
        let head = LessonHead(source: source, reader: reader)
        let cover = head.root().flatMap { head.cover($0) }
        return try reader.finish(cover)
    }

    /// The file with the lines of all other top-level keys left empty: most of it need not be parsed, and every place
    /// stays what it is.
    private static func sections(_ yaml: [UInt8], _ wanted: Set<String>) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(yaml.count)
        var isWanted = true
        for line in yaml.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if let first = line.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) {
                isWanted = wanted.contains(String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self))
            }
            if isWanted { kept += line }
            kept.append(UInt8(ascii: "\n"))
        }
        return kept
    }
}

extension LessonCover {
    /// Of a lesson that cannot be read yet: its id stands for its title.
    public init(unread entry: LessonLibrary.Entry) {
        self.init(
            folder: entry.folder, pack: entry.pack, number: entry.number, id: entry.id,
            title: LocalizedText(entry.id), card: LessonCard(), steps: [], minutes: 0)
    }
}

extension Lesson {
    public var cover: LessonCover {
        LessonCover(
            folder: folder, number: number, id: id, title: title, card: card,
            steps: steps.map(\.cover), minutes: minutes)
    }
}

extension LessonStep {
    var cover: LessonCover.Step {
        LessonCover.Step(id: id, title: title, kind: LessonCover.Step.Kind(rawValue: kindName) ?? .read)
    }
}

/// The parts of `lesson.yaml` that come before everything else, for the cover and for the whole lesson.
struct LessonHead {
    /// The format that this version reads; a lesson says which one it is written in.
    static let format = 1

    let source: LessonSource
    let reader: YAMLReader

    /// The file's content; `nil` when it cannot be read, or is of a newer format, which may say anything.
    func root() -> YAMLNode? {
        guard let bytes = source.yaml else {
            reader.report(source.missing(LessonSource.yamlName))
            return nil
        }
        guard let root = reader.parse(bytes: bytes, file: source.path(LessonSource.yamlName)) else { return nil }
        guard let node = root["format"], let format = reader.count(node, in: 1...1_000_000) else {
            if root["format"] == nil {
                reader.report("the lesson needs \"format\"", at: root.mark, suggestion: "write format: \(Self.format)")
            }
            return nil
        }
        if format <= Self.format { return root }
        reader.report("format \(format) is newer than the one this program reads (\(Self.format))", at: node.mark)
        return nil
    }

    func cover(_ root: YAMLNode) -> LessonCover? {
        guard let id = root["id"].flatMap({ reader.name($0, "the id") }),
            let title = root["title"].flatMap({ reader.localizedText($0, "the title") })
        else {
            if reader.problems.isEmpty { reader.report("the lesson needs an id and a title", at: root.mark) }
            return nil
        }
        let steps = root["steps"]?.items ?? []
        let minutes = steps.map { step in step["minutes"].flatMap { reader.count($0, in: 1...60) } ?? 1 }
        return LessonCover(
            folder: source.folder, number: source.number ?? 0, id: id, title: title,
            card: root["card"].flatMap { LessonCardReader(reader: reader).card($0) } ?? LessonCard(),
            steps: steps.map(step), minutes: minutes.reduce(0, +))
    }

    private func step(_ node: YAMLNode) -> LessonCover.Step {
        let id = node.entries?.first?.value.text ?? ""
        let title = node["title"].flatMap { reader.localizedText($0, "the title") }
        let kind = node.entries?.first.flatMap { LessonCover.Step.Kind(rawValue: $0.key) }
        return LessonCover.Step(id: id, title: title ?? LocalizedText(id), kind: kind ?? .read)
    }
}

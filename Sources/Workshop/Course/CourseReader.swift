import Scenario

/// Reads a course's file, `course.yaml` beside the lessons:
///
///     format: 1
///     parts:
///       - title: { en: When a service fails, es: Cuando un servicio falla }
///         lessons:
///           - retry
///           - { id: circuit-breaker, needs: [ retry ] }
///           - { id: service-mesh, coming: 12, title: { en: Service mesh, es: Malla de servicios } }
public struct CourseReader {
    /// What the file is called.
    public static let name = "course.yaml"
    private static let format = 1

    private let reader = YAMLReader()
    /// The lessons of the folder; `nil`: it is not checked that there are such.
    private let lessons: [String]?

    /// Throws ``ScenarioError`` with every problem of the file.
    ///
    /// - Parameter lessons: the ids of the folder's lessons, where every id in the file should be one of them.
    public static func read(_ bytes: [UInt8], file: String, lessons: [String]? = nil) throws(ScenarioError) -> Course {
        let courseReader = CourseReader(lessons: lessons)
        let root = courseReader.reader.parse(bytes: bytes, file: file)
        let course = root.flatMap { courseReader.course($0) }
        return try courseReader.reader.finish(course)
    }

    private init(lessons: [String]?) { self.lessons = lessons }

    private func course(_ root: YAMLNode) -> Course? {
        reader.mapping(root, "the course") { map in
            if let node = map.required("format"), let format = reader.count(node, in: 1...1_000_000),
                format > Self.format
            {
                reader.report(
                    "format \(format) is newer than the one this program reads (\(Self.format))", at: node.mark)
            }
            var course = Course()
            var places: [String: YAMLNode] = [:]
            for node in map.required("parts").flatMap({ reader.sequence($0, "the parts") }) ?? [] {
                if let part = part(node, &course.needs, &places) { course.parts.append(part) }
            }
            check(course, places)
            return course
        }
    }

    private func part(
        _ node: YAMLNode, _ needs: inout [String: [String]], _ places: inout [String: YAMLNode]
    ) -> Course.Part? {
        reader.mapping(node, "a part") { map in
            let title = map.required("title").flatMap { reader.localizedText($0, "the title") }
            let items = map.required("lessons").flatMap { reader.sequence($0, "the lessons") } ?? []
            var entries: [Course.Entry] = []
            for item in items {
                if item["coming"] != nil {
                    if let coming = coming(item) { entries.append(.coming(coming)) }
                    continue
                }
                guard let entry = lesson(item) else { continue }
                if places[entry.id] != nil {
                    reader.report("the course has \(SafeText.quoted(entry.id)) already", at: item.mark)
                    continue
                }
                places[entry.id] = item
                entries.append(.lesson(entry.id))
                if !entry.needs.isEmpty { needs[entry.id] = entry.needs }
            }
            return title.map { Course.Part(title: $0, entries: entries) }
        }
    }

    /// `retry`, or `{ id: retry, needs: [ timeouts ] }`.
    private func lesson(_ node: YAMLNode) -> (id: String, needs: [String])? {
        guard node.entries != nil else { return known(node).map { ($0, []) } }
        return reader.mapping(node, "a lesson of the course") { map in
            let id = map.required("id").flatMap { known($0) }
            let needs = map.optional("needs").flatMap { reader.sequence($0, "the lessons it needs") } ?? []
            let ids = needs.compactMap { known($0) }
            return id.map { ($0, ids) }
        }
    }

    /// A lesson that is not written yet: `coming` is its number.
    private func coming(_ node: YAMLNode) -> Course.Coming? {
        reader.mapping(node, "a lesson to come") { map in
            let id = map.required("id").flatMap { reader.name($0, "a lesson's id") }
            let number = map.required("coming").flatMap { reader.count($0, in: 1...9999) }
            let title = map.required("title").flatMap { reader.localizedText($0, "the title") }
            guard let id, let number, let title else { return nil }
            if lessons?.contains(id) == true {
                reader.report(
                    "the lesson \(SafeText.quoted(id)) is there", at: node.mark,
                    suggestion: "leave coming and title out")
            }
            return Course.Coming(id: id, number: number, title: title)
        }
    }

    /// The id of a lesson that is there.
    private func known(_ node: YAMLNode) -> String? {
        guard let id = reader.name(node, "a lesson's id") else { return nil }
        guard let lessons, !lessons.contains(id) else { return id }
        reader.report(
            "there is no lesson \(SafeText.quoted(id))", at: node.mark,
            suggestion: Suggestion.sentence(for: id, in: lessons))
        return nil
    }

    /// What a lesson needs comes before it: then there are no circles either.
    private func check(_ course: Course, _ places: [String: YAMLNode]) {
        let order = course.parts.flatMap(\.lessons)
        for (place, id) in order.enumerated() {
            for need in course.needs[id] ?? [] where order[place...].contains(need) {
                guard let node = places[id] else { continue }
                let message =
                    need == id
                    ? "\(SafeText.quoted(id)) needs itself"
                    : "\(SafeText.quoted(id)) comes before \(SafeText.quoted(need)), which it needs"
                reader.report(message, at: node.mark, suggestion: need == id ? nil : "teach \(need) first")
            }
        }
    }
}

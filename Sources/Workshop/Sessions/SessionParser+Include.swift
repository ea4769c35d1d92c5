import Scenario
import TerminalKit

// Files whose lines stand in the place of an `include`: some lines, or a whole session of a lesson.
extension SessionParser {
    mutating func include(_ line: Part) {
        let (verb, path) = line.split
        guard !path.text.isEmpty else { return report("expected a file", verb, "such as include ../opening.replay") }
        switch included.open(path.text, from: source.file) {
        case .failure(let refusal): report(refusal.reason, path)
        case .success(let file):
            var parser = SessionParser(text: file.text, file: file.name, included: file.inclusion)
            parser.readLines()
            let isSession = parser.head["lesson"] != nil
            lines += isSession ? parser.visit() : parser.fragment()
            problems += parser.problems
            guests += parser.guests
            included.take(parser.included)
        }
    }

    /// Some lines, which stand in whatever session includes them.
    private mutating func fragment() -> [SessionScript.Line] {
        for (key, part) in head.sorted(by: { $0.value.line < $1.value.line }) where key != "format" {
            report("an included file has no \(key) of its own", part, "a session of a lesson has a lesson, too")
        }
        return lines
    }

    /// A session of a lesson, taken when that lesson is open at its card. Its frames are golden in its own file.
    private mutating func visit() -> [SessionScript.Line] {
        var guest = SessionScript(lesson: "", size: Size(width: 80, height: 24), language: .english)
        applyHead(to: &guest)
        guests.append(guest)
        let arrival: [SessionScript.Action] = [
            .resize(guest.size, at: nil), .expect(.lesson(guest.lesson)), .expect(.step("card")),
        ]
        let place = head["lesson"]?.line ?? 1
        return arrival.map { SessionScript.Line($0, number: place, file: source.file) }
            + lines.filter { line in
                if case .frame = line.action { false } else { true }
            }
    }
}

extension SessionScript {
    /// Why a session cannot be included in this one.
    func problems(with guest: SessionScript) -> [Problem] {
        var found: [(key: String, message: String)] = []
        func expect(_ key: String, _ value: String, _ own: String) {
            if value != own { found.append((key, "the session that includes this one says \(key): \(own)")) }
        }
        expect("language", guest.language.rawValue, language.rawValue)
        expect("glyphs", guest.repertoire.rawValue, repertoire.rawValue)
        expect("motion", guest.reducedMotion ? "reduced" : "full", reducedMotion ? "reduced" : "full")
        for key in ["open", "step", "finished"] where guest.marks[key] != nil {
            found.append((key, "only a session that begins at the card of a lesson can be included"))
        }
        return found.compactMap { key, message in (guest.marks[key] ?? guest.marks["lesson"])?.problem(message) }
    }
}

import Analysis
import Scenario
import Trace

// Waits, states of the system, and what is done to it.
extension SessionParser {
    private static let stateHint =
        "such as breaker NAME is open, backend NAME is down, bulkhead NAME is full, queue of NAME >= 10, "
        + "calls in NAME >= 4 or cache NAME has KEY"

    mutating func wait(_ line: Part, _ verb: Part) -> SessionScript.Action? {
        let (word, rest) = line.split
        if word.text == "until" {
            guard !rest.text.isEmpty else {
                report("expected what to wait for", word, Self.stateHint + ", a condition, or event KIND")
                return nil
            }
            return waited(rest).map { .wait($0) }
        }
        if let duration = Duration(written: line.text) { return .wait(.time(duration)) }
        reportTime(
            line, "expected `wait until ...` or a time, such as `wait 250ms`", line.text.isEmpty ? verb : line)
        return nil
    }

    /// Something is no time: why, where it begins as one does.
    mutating func reportTime(_ time: Part, _ expected: String, _ place: Part) {
        if let why = Duration.problem(written: time.text) {
            report(why.message, time, why.suggestion)
        } else {
            report(expected, place)
        }
    }

    private mutating func waited(_ line: Part) -> SessionWait? {
        let (word, rest) = line.split
        if word.text == "event" { return event(rest, word) }
        if word.text == "demo" { return demo(rest, word) }
        if Self.isState(line) { return state(line).map { .state($0) } }
        return isCondition(line, else: Self.subjects + ["event", "demo"]) ? .figure(line.text) : nil
    }

    // MARK: Conditions

    /// What can be expected, but for conditions.
    static let expectations = ["text", "no", "panel", "step", "lesson", "digest"] + subjects

    /// Whether a line is a condition, as far as that can be told before there is a run. What begins with a word that is
    /// not compared with anything is a misspelt one of those words.
    mutating func isCondition(_ line: Part, else words: [String]) -> Bool {
        do throws(MetricSyntaxError) {
            try MetricParser.checkGrammar(line.text)
            return true
        } catch {
            let (word, rest) = line.split
            let isCompared = rest.text.first.map { "=!<>≠≤≥+-*/".contains($0) } ?? false
            if word.text.allSatisfy(\.isLetter), !isCompared {
                report(
                    "unknown word \(SafeText.quoted(word.text))", word, Suggestion.sentence(for: word.text, in: words))
            } else {
                let text = String(String.UnicodeScalarView(line.text.unicodeScalars.dropFirst(error.offset)))
                report(
                    error.message, Part(text: text, line: line.line, start: line.start + error.offset),
                    error.suggestion)
            }
            return false
        }
    }

    /// `breakerOpened of payments`: the kinds are those of exported events.
    private mutating func event(_ line: Part, _ verb: Part) -> SessionWait? {
        let (name, rest) = line.split
        guard let kind = EventKind.allCases.first(where: { "\($0)" == name.text }) else {
            report(
                name.text.isEmpty ? "expected a kind of event" : "unknown kind of event \(SafeText.quoted(name.text))",
                name.text.isEmpty ? verb : name,
                Suggestion.nearest(to: name.text, in: EventKind.allCases.map { "\($0)" })
                    .map { "did you mean \"\($0)\"?" } ?? "such as breakerOpened, callRejected or faultStarted")
            return nil
        }
        if rest.text.isEmpty { return .event(kind, of: nil) }
        let (of, component) = rest.split
        if of.text == "of", !component.text.isEmpty { return .event(kind, of: component.text) }
        report("expected `of NAME`", rest)
        return nil
    }

    /// `pauses`, `line 5`.
    private mutating func demo(_ line: Part, _ verb: Part) -> SessionWait? {
        let (word, rest) = line.split
        if word.text == "pauses", rest.text.isEmpty { return .demo(.pause) }
        if word.text == "line", let number = Int(rest.text), number > 0 { return .demo(.line(number)) }
        report("expected `demo pauses` or `demo line 5`", line.text.isEmpty ? verb : line)
        return nil
    }

    // MARK: States

    /// Whether a line speaks of a state and not of a figure, whose first word has dots in it.
    static func isState(_ line: Part) -> Bool { subjects.contains(line.split.0.text) }

    private static let subjects = ["breaker", "backend", "bulkhead", "queue", "calls", "cache"]

    mutating func state(_ line: Part) -> ModelState? {
        let (subject, rest) = line.split
        switch subject.text {
        case "queue": return count(rest, subject, "of") { .queue($0, $1) }
        case "calls": return count(rest, subject, "in") { .calls($0, $1) }
        case "cache": return cache(rest, subject)
        default: return position(rest, subject)
        }
    }

    /// `payments is not open`.
    private mutating func position(_ line: Part, _ subject: Part) -> ModelState? {
        let (name, rest) = line.split
        let (verb, what) = rest.split
        let claims = Self.claims(of: subject.text)
        let known = claims.map(\.word)
        guard verb.text == "is", !what.text.isEmpty else {
            report(
                "expected `\(subject.text) NAME is \(known[0])`", line.text.isEmpty ? subject : line,
                "it can be \(known.joined(separator: ", "))")
            return nil
        }
        let (first, second) = what.split
        let isNegated = first.text == "not" && !second.text.isEmpty
        let word = isNegated ? second : what
        guard let claim = claims.first(where: { $0.word == word.text })?.claim else {
            report(
                "a \(subject.text) is never \(SafeText.quoted(word.text))", word,
                Suggestion.sentence(for: word.text, in: known))
            return nil
        }
        return ModelState(name.text, claim, isNegated: isNegated)
    }

    private static func claims(of subject: String) -> [(word: String, claim: ModelState.Claim)] {
        switch subject {
        case "breaker": BreakerState.Position.allCases.map { ($0.word, .breaker($0)) }
        case "backend": [("down", .down), ("up", .up), ("full", .full(.backend))]
        default: [("full", .full(.bulkhead))]
        }
    }

    /// `of sql >= 10`.
    private mutating func count(
        _ line: Part, _ subject: Part, _ joint: String, _ claim: (MetricCondition.Comparison, Int) -> ModelState.Claim
    ) -> ModelState? {
        let (of, rest) = line.split
        let (name, condition) = rest.split
        let (sign, number) = condition.split
        let comparison = MetricCondition.Comparison(rawValue: sign.text == "==" ? "=" : sign.text)
        guard of.text == joint, let comparison, let count = Int(number.text), count >= 0 else {
            report(
                "expected `\(subject.text) \(joint) NAME >= 10`", line.text.isEmpty ? subject : line,
                "compare with =, !=, <, <=, > or >=, and a whole number")
            return nil
        }
        return ModelState(name.text, claim(comparison, count))
    }

    /// `products has p17`, `products has not p17`.
    private mutating func cache(_ line: Part, _ subject: Part) -> ModelState? {
        let (name, rest) = line.split
        let (has, what) = rest.split
        let (first, second) = what.split
        let isNegated = first.text == "not" && !second.text.isEmpty
        guard has.text == "has", !what.text.isEmpty else {
            report("expected `cache NAME has KEY`", line.text.isEmpty ? subject : line)
            return nil
        }
        return ModelState(name.text, .has(key: isNegated ? second.text : what.text), isNegated: isNegated)
    }

    // MARK: What is done

    /// `set backends.sql.latency = 2s`, `do kill sql`: what interventions say, without their time.
    mutating func change(_ words: Part, _ verb: Part) -> SessionScript.Action? {
        guard !words.text.isEmpty else {
            let example = verb.text == "set" ? "set backends.sql.latency = 2s" : "do kill sql, do errors sql 50%"
            report("expected what to \(verb.text)", verb, "such as \(example)")
            return nil
        }
        let prefix = verb.text == "set" ? "at 0s: set " : "at 0s: "
        do throws(ScenarioError) {
            return .change(try Intervention(text: prefix + words.text).action)
        } catch {
            for problem in error.problems {
                let start = max(0, problem.column - 1 - prefix.count)
                let length = min(problem.length, max(1, words.text.unicodeScalars.count - start))
                let place = Part(
                    text: String(repeating: "x", count: length), line: words.line, start: words.start + start)
                report(problem.message, place, problem.suggestion)
            }
            return nil
        }
    }
}

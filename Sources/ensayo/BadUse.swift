import ArgumentParser
import Scenario

/// Words that the command line cannot make sense of, told as every other problem is: what, why, and what was meant.
///
/// The argument parser says it in sentences of its own, above a page of usage. What a sentence of another form says is
/// passed on as it is.
struct BadUse {
    private let problem: Problem
    /// The command whose help tells more: `ensayo learn`.
    private let command: String

    var message: String {
        "\(problem)\n   \(command) --help tells what it takes"
    }

    init(_ error: any Error) {
        let whole = Ensayo.fullMessage(for: error)
        let help = whole.firstMatch(of: /(?m)^Help:  \S+(?: <[^>]*>)?  (.+)$/).map { String($0.1) }
        command = whole.firstMatch(of: /See '(.+) --help'/).map { String($0.1) } ?? "ensayo"
        let message = Ensayo.message(for: error)
        problem = Self.problem(message, command, help: help) ?? Self.sentence(message, command)
    }

    private static func sentence(_ text: String, _ command: String) -> Problem {
        let text = text.hasSuffix(".") ? String(text.dropLast()) : text
        return Problem(file: command, message: text.prefix(1).lowercased() + text.dropFirst())
    }

    /// `--language` for `--lang`: the parser looks for slips only.
    private static func option(beginning start: String, of command: String) -> String? {
        guard start.count > 3 else { return nil }
        let name = command.split(separator: " ").last.map(String.init)
        let type = Ensayo.configuration.subcommands.first { $0._commandName == name } ?? Ensayo.self
        return Ensayo.helpMessage(for: type).matches(of: /--[a-z-]+/).map { String($0.0) }
            .first { $0.hasPrefix(start) && $0 != start }
    }

    private static func problem(_ text: String, _ command: String, help: String?) -> Problem? {
        if let match = text.wholeMatch(of: /Unknown option '(.*)'(?:\. Did you mean '(.*)'\?)?/.dotMatchesNewlines()) {
            let near = option(beginning: String(match.1), of: command) ?? match.2.map(String.init)
            return Problem(
                file: String(match.1), message: "there is no such option",
                suggestion: near.map { "did you mean \(SafeText.quoted($0))?" })
        }
        if let match = text.wholeMatch(of: /Missing (?:expected argument|value for) '(.*)'/) {
            return Problem(file: String(match.1), message: "this is missing", suggestion: help)
        }
        if let match = text.wholeMatch(of: /Unexpected argument '(.*)'/.dotMatchesNewlines()) {
            return Problem(file: String(match.1), message: "nothing of this kind is expected here")
        }
        guard
            let match = text.wholeMatch(
                of: /The value '(.*?)' is invalid for '([^' ]+)[^']*'(?:: (.*))?(?:\. Please provide one of (.*))?/
                    .dotMatchesNewlines())
        else { return nil }
        let value = String(match.1)
        if let reason = match.3 { return Problem(file: String(match.2), message: String(reason)) }
        let known = match.4.map { list in
            list.matches(of: /'([^']+)'|- (\S+)/).map { String($0.1 ?? $0.2 ?? "") }
        }
        guard let known else {
            return Problem(
                file: String(match.2), message: "\(SafeText.quoted(value)) cannot be used here", suggestion: help)
        }
        return Problem(
            file: String(match.2), message: "expected \(known.joined(separator: ", ")), not \(SafeText.quoted(value))",
            suggestion: Suggestion.nearest(to: value, in: known).map { "did you mean \(SafeText.quoted($0))?" })
    }
}

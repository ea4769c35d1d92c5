import Scenario
import Simulation

/// Finds everything that is wrong with a lesson: what its reader finds, and what only running it can show.
///
/// - the files: missing and unexpected ones, parts of the system that no scenario uses, characters that not every
///   terminal shows, raw HTML;
/// - the texts: whether they fit beside the picture at 80x24, and whether both languages say the same;
/// - the texts: whether a language was changed after the other, and whether links lead somewhere;
/// - the comments in them: whether each is what it seems to be, a claim or notes;
/// - the recorded sessions: whether they can be read, and speak of steps and figures that there are;
/// - the runs: whether each scenario ends within its limits, each figure exists, each claim holds, each prediction has
///   exactly one right answer and the same with other seeds, each challenge is failed by the untouched settings and
///   passed by its solution; whether something happens at each mark, in each panel and with each control.
public enum LessonLint {
    /// Checks the lesson in a folder. Problems are in the order of the files, and empty when all is well.
    public static func check(folder: String) -> [Problem] { check(LessonLibrary.source(folder: folder)) }

    /// - Parameter cancellation: gives up the lesson's runs; what is found then is worth nothing.
    public static func check(_ source: LessonSource, cancellation: Cancellation? = nil) -> [Problem] {
        check(source) { lesson, sources in
            words(lesson, source, sources) + runs(of: lesson, source, sources, cancellation)
        }.problems
    }

    /// What can be found without running anything, and whether the lesson cannot be read.
    static func checkFiles(_ source: LessonSource) -> (problems: [Problem], isBroken: Bool) {
        check(source) { lesson, sources in words(lesson, source, sources) }
    }

    private static func check(
        _ source: LessonSource, _ more: (Lesson, LessonSources) -> [Problem]
    ) -> (problems: [Problem], isBroken: Bool) {
        let sources = LessonSources(source)
        let fileLint = LessonFileLint(source: source)
        let files = fileLint.problems()
        let agreement = AgreementLint(source: source, sources: sources).problems()
        do throws(ScenarioError) {
            let lesson = try LessonReader.read(source)
            return (sorted(files + fileLint.unreachedParts() + agreement + more(lesson, sources), source), false)
        } catch {
            func isBroken(_ name: String) -> Bool { error.problems.contains { $0.file == source.path(name) } }
            let unreached = isBroken(LessonSource.yamlName) ? [] : fileLint.unreachedParts()
            // Sections that cannot be told apart are not compared.
            let compared = error.problems.contains { $0.message == LessonTextReader.wrongSign } ? [] : agreement
            // Both look at the same letters: the reader's problems come first.
            let places = Set(error.problems.map { [$0.file, "\($0.line)"] })
            let others = (files + unreached + compared).filter {
                $0.line == 0 || !places.contains([$0.file, "\($0.line)"])
            }
            return (sorted(error.problems + others, source), true)
        }
    }

    /// Checks that both languages can be read and have the same parts: what can be seen without running anything.
    public static func checkTexts(_ source: LessonSource) -> [Problem] {
        do throws(ScenarioError) {
            let lesson = try LessonReader.read(source, tryingChanges: false)
            return LessonParityLint(lesson: lesson, sources: LessonSources(source)).problems()
        } catch {
            return error.problems
        }
    }

    private static func words(_ lesson: Lesson, _ source: LessonSource, _ sources: LessonSources) -> [Problem] {
        let nodes = StepNodes(source)
        return LabelLint(lesson: lesson, nodes: nodes).problems()
            + TranslationLint(nodes: nodes).problems()
            + LessonParityLint(lesson: lesson, sources: sources).problems()
            + CommentLint(sources: sources).problems()
            + LinkLint(lesson: lesson, source: source, sources: sources).problems()
            + ReplayLint(lesson: lesson, source: source).problems()
    }

    /// Texts show figures: whether they fit is known when these are.
    private static func runs(
        of lesson: Lesson, _ source: LessonSource, _ sources: LessonSources, _ cancellation: Cancellation?
    ) -> [Problem] {
        let runs = LessonRuns(lesson, cancellation: cancellation)
        return LessonTextLint(lesson: lesson, sources: sources, runs: runs).problems()
            + LessonRunLint(lesson: lesson, sources: sources, runs: runs).problems()
            + StageLint(lesson: lesson, nodes: StepNodes(source), runs: runs).problems()
            + PredictionLint(lesson: lesson, runs: runs).problems()
    }

    private static func sorted(_ problems: [Problem], _ source: LessonSource) -> [Problem] {
        let files = LessonSource.names.map { source.path($0) }
        func key(_ problem: Problem) -> (Int, String, Int, Int) {
            let place = files.firstIndex(of: problem.file)
            return (place ?? files.count, place == nil ? problem.file : "", problem.line, problem.column)
        }
        return problems.enumerated()
            .sorted { key($0.element) == key($1.element) ? $0.offset < $1.offset : key($0.element) < key($1.element) }
            .map(\.element)
    }
}

/// The lines of a lesson's texts, to show problems in.
struct LessonSources {
    private let english: SourceText
    private let spanish: SourceText

    init(_ source: LessonSource) {
        func text(_ bytes: [UInt8]?, _ name: String) -> SourceText {
            SourceText(file: source.path(name), text: String(decoding: bytes ?? [], as: UTF8.self))
        }
        english = text(source.english, "en.md")
        spanish = text(source.spanish, "es.md")
    }

    subscript(language: Language) -> SourceText { language == .english ? english : spanish }

    /// A line of a text, from its first letter that is no blank.
    func mark(_ language: Language, line: Int) -> SourceMark {
        let source = self[language]
        let text = source.lines[min(max(line, 1), source.lines.count) - 1]
        let indent = text.prefix { $0 == " " }.count
        return source.mark(line: line, column: indent + 1, length: text.unicodeScalars.count - indent)
    }

    /// A piece of a line, where it stands there; else the line.
    func mark(_ language: Language, line: Int, of piece: String) -> SourceMark {
        let source = self[language]
        let text = source.lines[min(max(line, 1), source.lines.count) - 1]
        guard let range = text.firstRange(of: piece) else { return mark(language, line: line) }
        let column = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound) + 1
        return source.mark(line: line, column: column, length: piece.unicodeScalars.count)
    }
}

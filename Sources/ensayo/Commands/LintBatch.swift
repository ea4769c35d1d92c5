import Dispatch
import Glibc
import Scenario
import Synchronization
import TerminalKit
import Workshop

/// Many lessons, checked beside each other where there are processors for it.
struct LintBatch {
    private let targets: [LintTarget]

    init(_ targets: [LintTarget]) { self.targets = targets }

    /// The problems of each, in the order in which they were named.
    func problems() throws(Failure) -> [Problem] {
        let results = Mutex<[Int: Result<[Problem], Failure>]>([:])
        let progress = LintProgress(targets)
        DispatchQueue.concurrentPerform(iterations: targets.count) { place in
            progress.begin(place)
            let result = Result { () throws(Failure) in try targets[place].problems() }
            results.withLock { $0[place] = result }
        }
        progress.finish()
        let known = results.withLock { $0 }
        var problems: [Problem] = []
        for place in targets.indices { problems += try known[place]?.get() ?? [] }
        return problems
    }
}

/// Says on a terminal which of many lessons is being checked, in one line that is gone afterwards.
private final class LintProgress: Sendable {
    private let targets: [LintTarget]
    private let isShown: Bool
    private let begun = Mutex(0)

    init(_ targets: [LintTarget]) {
        self.targets = targets
        isShown = targets.count > 1 && isatty(STDERR_FILENO) == 1
    }

    func begin(_ place: Int) {
        guard isShown else { return }
        begun.withLock { count in
            count += 1
            show("Checking \(count) of \(targets.count): \(SafeText.line(targets[place].name))")
        }
    }

    func finish() { if isShown { show("") } }

    private func show(_ text: String) { Output.passing(Text.pad(text, to: min(72, Output.progressColumns))) }
}

/// `ensayo lint --agree`: somebody has compared both languages.
struct LintAgreement {
    private let targets: [LintTarget]

    init(_ targets: [LintTarget]) { self.targets = targets }

    func write() throws(Failure) {
        var refused: [Problem] = []
        for target in targets {
            guard case .lesson(let folder) = target else {
                throw .badInput(target.name, "this is no lesson", "--agree is for texts in two languages")
            }
            let source = LessonLibrary.source(folder: folder)
            // What is not alike cannot be noted as such.
            let problems = LessonLint.checkTexts(source)
            if problems.isEmpty { try write(source) } else { refused += problems }
        }
        if refused.isEmpty { return }
        for problem in refused { Output.result(problem.description) }
        throw .checkFailed("Nothing was noted of lessons with problems in their texts. Mend them first.")
    }

    private func write(_ source: LessonSource) throws(Failure) {
        let path = source.folder + "/" + LessonSource.agreedName
        let old = source.agreed.flatMap { try? TextAgreement(bytes: $0, file: path) }
        let new = TextAgreement(of: source)
        let changed = new.sections(changedSince: old)
        guard source.agreed != Array(new.text.utf8) else { return Output.result("\(SafeText.line(path)): nothing new") }
        try TextFile.write(new.text, to: path)
        let what = old == nil ? "\(changed.count) sections" : changed.joined(separator: ", ")
        Output.result(SafeText.line("\(path): \(what.isEmpty ? "sections that are gone" : what)"))
    }
}

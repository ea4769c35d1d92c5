import Analysis
import Scenario
import TerminalKit

/// The sandbox in sentences, without drawing.
extension SandboxState {
    public func spoken(_ language: Language) -> [String] {
        var sentences: [String] = []
        func say(_ english: String, _ spanish: String) { sentences.append(language.text(english, spanish)) }
        let name = path ?? draft.name
        let saved = isUnsaved ? ", \(SandboxWords.unsaved(language))" : ""
        sentences.append("\(SandboxWords.sandbox(language)): \(name)\(saved).")
        if let notice = notice ?? failure { sentences.append(notice.text(language).plain) }
        if let input { return sentences + spoken(input, language) }
        if let row, let node = draft.root[row.path] {
            let value = node.summary(room: 200)
            say("At \(row.path): \(value).", "En \(row.path): \(value).")
        }
        return sentences + figures(language)
    }

    private func spoken(_ input: SandboxInput, _ language: Language) -> [String] {
        switch input {
        case .value(let form):
            let what = form.isName ? SandboxWords.newName(language) : "\(form.path)"
            return ["\(what): \(form.field.text)"] + (form.problem.map { [$0.text(language).plain] } ?? [])
        case .palette(let palette):
            let entries = palette.entries
            guard let chosen = palette.chosen else { return [SandboxWords.nothingToAdd(language)] }
            let place = "\(palette.selected + 1)/\(entries.count)"
            let part = "\(chosen.part.label), \(chosen.part.about(language))"
            return ["\(SandboxWords.addPart(language)), \(place): \(part)."]
                + (palette.problem.map { [$0.text(language).plain] } ?? [])
        case .removal(let question):
            let also = question.removal.also.map(\.description).joined(separator: ", ")
            return [SandboxWords.needs("\(question.path)", question.removal.also.count)(language), also]
        case .save(let form):
            return ["\(SandboxWords.saveAs(language)): \(form.field.text)"]
                + (form.existing.map { [SandboxWords.isThere($0)(language)] } ?? [])
                + (form.keepsChanges.map { [SandboxWords.keepsChanges($0)(language)] } ?? [])
                + (form.problem.map { [$0.text(language).plain] } ?? [])
        case .share(let sheet):
            return [SandboxWords.shareTitle(language) + ":", sheet.code]
                + (sheet.isCopied ? [SandboxWords.copiedByHand(language)] : [])
                + (sheet.isPrinted ? [Speech.sentence(SandboxWords.willPrint(language))] : [])
        case .leaving: return [SandboxWords.isUnsaved(language)]
        }
    }

    /// What the run has come to at the cursor.
    private func figures(_ language: Language) -> [String] {
        guard let player, let run = player.run else { return [SandboxWords.nothingRuns(language)] }
        let numbers = NumberText(language, .ascii)
        let flows = RunMetrics.over(run.index, through: player.cursor).flows
        return flows.filter { $0.requests > 0 }.map { flow in
            let isEnglish = language == .english
            let requests = numbers.count(
                flow.requests, isEnglish ? "request" : "petición", isEnglish ? "requests" : "peticiones")
            let counts = (requests, numbers.count(flow.ok), numbers.count(flow.failed))
            let slow = flow.latency.map { numbers.duration($0.p99) }
            let tail = slow.map { language.text(", 99 % within \($0)", ", el 99 % en \($0) o menos") } ?? ""
            let moment = numbers.moment(player.cursor.time)
            return language == .english
                ? "At \(moment), \(flow.name): \(counts.0), \(counts.1) ok, \(counts.2) failed\(tail)."
                : "En \(moment), \(flow.name): \(counts.0), \(counts.1) bien, \(counts.2) con fallo\(tail)."
        }
    }
}

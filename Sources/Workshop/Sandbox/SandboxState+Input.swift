import Scenario
import TerminalKit

/// Keys while something is typed, chosen or asked.
extension SandboxState {
    mutating func take(_ key: Key, _ input: SandboxInput, on size: Size) {
        switch input {
        case .value(let form): take(key, form)
        case .palette(let palette): take(key, palette, on: size)
        case .removal(let question): take(key, question)
        case .save(let form): take(key, form)
        case .share(let sheet): take(key, sheet)
        case .leaving: leave(key)
        }
    }

    private mutating func take(_ key: Key, _ form: ValueForm) {
        var form = form
        switch key {
        case .escape: input = nil
        case .enter:
            if let problem = set(form) {
                form.problem = problem
                input = .value(form)
            } else {
                input = nil
            }
        default:
            if form.field.press(key) { form.problem = nil }
            input = .value(form)
        }
    }

    /// Takes what was typed. Returns why it cannot stand there.
    private mutating func set(_ form: ValueForm) -> Notice? {
        var changed = draft
        do throws(ScenarioError) {
            guard form.isName else {
                changed.set(try ScenarioDraft.value(form.field.text), at: form.path)
                return edit(changed)
            }
            let renamed = try changed.rename(form.path, to: form.field.text)
            if let problem = edit(changed, cursor: renamed) { return problem }
            let isUnfolded = unfolded.remove(form.path) != nil
            if isUnfolded { unfolded.insert(renamed) }
            return nil
        } catch {
            return Notice(error)
        }
    }

    private mutating func take(_ key: Key, _ palette: Palette, on size: Size) {
        var palette = palette
        switch key {
        case .escape: input = nil
        case .enter:
            guard let chosen = palette.chosen else { return }
            if let problem = add(chosen) {
                palette.problem = problem
                input = .palette(palette)
            } else {
                input = nil
                notice = row.map { row in
                    .added(Added(path: row.path, holdsOthers: row.isFolder, hasName: draft.isName(row.path)))
                }
            }
        default:
            palette.press(key, rows: SandboxDialogs.paletteRows(on: size))
            input = .palette(palette)
        }
    }

    private mutating func take(_ key: Key, _ question: RemovalQuestion) {
        switch key {
        case .enter:
            input = nil
            remove(question.removal)
        case .escape, .character("q"), .character("n"): input = nil
        default: break
        }
    }

    private mutating func take(_ key: Key, _ form: SaveForm) {
        var form = form
        switch key {
        case .escape: input = nil
        case .enter: save(form)
        case .tab:
            form.keepsChanges?.toggle()
            input = .save(form)
        default:
            if form.field.press(key) {
                form.existing = nil
                form.problem = nil
            }
            input = .save(form)
        }
    }

    private mutating func take(_ key: Key, _ sheet: ShareSheet) {
        var sheet = sheet
        switch key {
        case .character("c"):
            ask(.copy(sheet.code))
            sheet.isCopied = true
        case .character("p"):
            ask(.print(sheet.code))
            sheet.isPrinted = true
        case .up: sheet.offset = max(0, sheet.offset - 1)
        case .down: sheet.offset += 1
        case .pageUp: sheet.offset = max(0, sheet.offset - 10)
        case .pageDown: sheet.offset += 10
        case .escape, .enter, .character("q"), .character("Y"):
            input = nil
            return
        default: break
        }
        input = .share(sheet)
    }

    private mutating func leave(_ key: Key) {
        switch key {
        case .character("W"), .enter: askWhereToSave()
        case .character("x"):
            input = nil
            forget()
            hasLeft = true
        case .escape, .character("q"): input = nil
        default: break
        }
    }

    // MARK: What came of a file

    mutating func take(_ message: SandboxMessage) {
        guard case .save(var form) = input else { return }
        switch message {
        case .wrote(let path):
            input = nil
            isSaved(as: path, draft.yaml)
            notice = .saved(path)
        case .exists(let path):
            form.existing = path
            input = .save(form)
        case .notWritten(let path, let reason):
            form.problem = .problem(LocalizedText("\(path): \(reason)"), hint: nil)
            input = .save(form)
        case .opened, .resumed: break
        }
    }
}

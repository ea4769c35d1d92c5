import Scenario
import TerminalKit

/// Changes of the tree by keys.
extension SandboxState {
    /// Begins to edit the value at the cursor; of a part that holds others, shows or hides those.
    mutating func editValue(asText: Bool) {
        guard let row, let node = draft.root[row.path] else { return }
        if row.isFolder, !asText {
            if unfolded.remove(row.path) == nil { unfolded.insert(row.path) }
        } else {
            input = .value(ValueForm(node, at: row.path))
        }
    }

    mutating func rename() {
        guard let row else { return }
        if draft.isName(row.path) {
            input = .value(ValueForm(name: row.path))
        } else {
            notice = .nameless("\(row.path)")
        }
    }

    mutating func step(up: Bool) {
        guard let row else { return }
        if let refusal = refusalOfStep(up: up) {
            notice = .refused(refusal)
            return
        }
        var first: Notice?
        for value in draft.neighbours(of: row.path, up: up) {
            var changed = draft
            changed.set(value, at: row.path)
            guard let problem = edit(changed) else { return }
            first = first ?? problem
        }
        notice = first
    }

    mutating func move(by step: Int) {
        guard let row else { return }
        var changed = draft
        let moved = changed.move(row.unit, by: step)
        // Nothing to undo where nothing moved.
        guard changed.yaml != draft.yaml else {
            notice = .refused(Self.goesNoFurther)
            return
        }
        let inner = NodePath(moved.steps + row.path.steps[row.unit.count...])
        if let problem = edit(changed, cursor: inner) { notice = problem }
    }

    // MARK: Adding

    mutating func addPart() { input = .palette(Palette(at: row?.path ?? .root, in: draft.root)) }

    /// Adds what is chosen. What cannot be added says why, and the list stays.
    mutating func add(_ entry: Palette.Entry) -> Notice? {
        var changed = draft
        let place: NodePath
        do throws(ScenarioError) {
            place = try entry.part.add(to: &changed, at: entry.path, before: entry.index)
        } catch {
            return Notice(error)
        }
        if let problem = edit(changed, cursor: place) { return problem }
        reveal(place)
        return nil
    }

    /// Unfolds whatever a place stands in.
    mutating func reveal(_ path: NodePath) {
        var holder = path.parent
        while !holder.isRoot {
            unfolded.insert(holder)
            holder = holder.parent
        }
    }

    // MARK: Removing

    mutating func removePart() {
        guard let row else { return }
        do throws(ScenarioDraft.RemovalRefusal) {
            let removal = try draft.removing(row.unit)
            if removal.also.isEmpty { return remove(removal) }
            input = .removal(RemovalQuestion(path: row.unit, removal: removal))
        } catch {
            notice = .notRemoved(RemovalWords(draft.root, row.unit).name, error)
        }
    }

    mutating func remove(_ removal: ScenarioDraft.Removal) {
        let tree = tree
        let place = tree.nearest(to: cursor)
        if let problem = edit(removal.draft) {
            notice = problem
            return
        }
        let rows = self.tree.rows
        if !rows.isEmpty { cursor = rows[min(place, rows.count - 1)].path }
    }

    // MARK: Saving and sharing

    /// The draft with everything that was done during the run.
    func withChanges() -> ScenarioDraft {
        var whole = draft
        for change in player?.history.changes ?? [] { try? whole.insert(change) }
        return whole
    }

    mutating func askWhereToSave() {
        let hasChanges = player?.history.canUndo == true
        input = .save(
            SaveForm(
                field: TextField(path ?? "\(draft.name).yaml", limit: 1000), keepsChanges: hasChanges ? true : nil))
    }

    /// Writes the file, unless there is one that nobody wants replaced.
    mutating func save(_ form: SaveForm) {
        var form = form
        let typed = form.field.text.trimmingBlanks
        guard !typed.isEmpty else { return }
        let path = [".yaml", ".yml"].contains(where: typed.hasSuffix) ? typed : typed + ".yaml"
        if form.keepsChanges == true, player?.history.canUndo == true { keepChanges(withChanges()) }
        form.keepsChanges = nil
        form.field = TextField(path, limit: form.field.limit)
        input = .save(form)
        let isOwn = path == self.path && hasWritten
        ask(.write(yaml: draft.yaml(for: path), path: path, replaces: isOwn || form.existing == path))
    }

    mutating func share() {
        if let file = draft.keyFile {
            notice = .needsFile(file)
            return
        }
        do {
            input = .share(ShareSheet(code: try withChanges().code().description))
        } catch let error as ScenarioError {
            notice = Notice(error)
        } catch {
            notice = .problem(LocalizedText("\(error)"), hint: nil)
        }
    }
}

extension ScenarioDraft {
    /// A file that it reads keys from: such a system cannot be one line.
    public var keyFile: String? { root["keys"]?.entries?.compactMap { $0.value["file"]?.text }.first }

    /// The system as one line. Throws ``ScenarioError`` where it is none, and ``CodeProblem`` where it is too large.
    public func code() throws -> ScenarioCode {
        // A diagram in a file of its own goes along as the system that it is.
        let whole = neededFiles.isEmpty ? self : ScenarioDraft(try read())
        return try ScenarioCode(yaml: whole.namedYAML)
    }

    /// As a file of that name: it says what the scenario is called where the file's name would say otherwise.
    func yaml(for path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.prefix { $0 != "." } == name ? yaml : namedYAML
    }
}

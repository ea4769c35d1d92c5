/// What a part takes with it when it is removed.
extension ScenarioDraft {
    public struct Removal: Sendable {
        /// Without the part, and without all that cannot be without it.
        public var draft: ScenarioDraft
        /// What else goes, as it stands in the draft before.
        public var also: [NodePath]
    }

    /// Why a part has to stay, whatever else would go with it.
    public enum RemovalRefusal: Error, Hashable {
        /// In the end there would be no client, or no flow that one could run.
        case nobodySends
        /// A key that every file has.
        case required(String)
        case problem(Problem)
    }

    /// More than this depends on nothing that people would want to lose in one go.
    private static let mostSteps = 2000

    /// Removes a part and what depends on it, until the rest can be read again.
    ///
    /// Throws when something that must be there depends on it: the last client, the duration.
    /// O(values x what depends on it).
    public func removing(_ path: NodePath) throws(RemovalRefusal) -> Removal {
        if let refusal = refusal(at: path) { throw refusal }
        var removal = Removal(draft: self, also: [])
        // A draft that did not read before need not read after.
        let known = problems
        removal.draft.remove(path)
        // Where the places of the smaller draft are in this one.
        var gone = [path]
        for _ in 0..<Self.mostSteps {
            let problems = removal.draft.problems.filter { problem in
                !known.contains { $0.message == problem.message }
            }
            guard let first = problems.first else {
                // A key that went before the step that it was in is not told apart.
                let also = removal.also
                removal.also = also.filter { path in !also.contains { $0 != path && path.isInside($0) } }
                return removal
            }
            // From the end of the file: places before it stay what they are.
            let places = Set(problems.map { removal.draft.place(of: $0) }).sorted { $0.isBefore($1) }
            for place in places.reversed() {
                guard removal.draft.canRemove(place) else { throw refusal(at: place) ?? .problem(first) }
                let unit = removal.draft.unit(of: place)
                removal.also.append(unit.moved(behind: gone))
                removal.draft.remove(place)
                gone.append(unit)
            }
        }
        return removal
    }

    private var problems: [Problem] {
        do throws(ScenarioError) {
            _ = try read()
            return []
        } catch {
            return error.problems
        }
    }

    private func refusal(at path: NodePath) -> RemovalRefusal? {
        guard isRequired(path), let key = path.name else { return nil }
        return key == "duration" ? .required(key) : .nobodySends
    }

    private func canRemove(_ path: NodePath) -> Bool { !path.isRoot && root[path] != nil && !isRequired(path) }

    private func isRequired(_ path: NodePath) -> Bool {
        path.count == 1 && ["duration", "clients", "flows"].contains(path.name ?? "")
    }

    /// The step that a place is the only key of.
    private func unit(of path: NodePath) -> NodePath {
        path.parent.index != nil && root[path.parent]?.entries?.count == 1 ? path.parent : path
    }
}

extension NodePath {
    /// In the order of lists; keys stay as they are.
    fileprivate func isBefore(_ other: NodePath) -> Bool {
        for (one, two) in zip(steps, other.steps) where one != two {
            if case (.item(let left), .item(let right)) = (one, two) { return left < right }
            return "\(one)" < "\(two)"
        }
        return count < other.count
    }

    /// Where it was before others, taken out one after the other, were gone.
    fileprivate func moved(behind gone: [NodePath]) -> NodePath {
        var path = self
        for other in gone.reversed() {
            guard case .item(let index)? = other.last, path.count >= other.count,
                Array(path.steps.prefix(other.count - 1)) == other.parent.steps,
                case .item(let own) = path.steps[other.count - 1], own >= index
            else { continue }
            path.steps[other.count - 1] = .item(own + 1)
        }
        return path
    }
}

import Scenario

extension Control {
    /// What people call one of its values.
    func text(of value: String, _ numbers: NumberText) -> String {
        if let label = labels[value] { return label(numbers.language) }
        switch path.split(separator: ".").last {
        case "use": return Words.algorithm(value)(numbers.language)
        case "eviction": return Words.eviction(value)
        default: return numbers.setting(value)
        }
    }
}

extension [Control] {
    /// What people call a value of the scenario: as the control for it does.
    func label(_ path: String, _ language: Language) -> String { control(of: path)?.label(language) ?? path }

    /// `Slots: 4`.
    func text(of setting: Setting, _ numbers: NumberText) -> String {
        let value = control(of: setting.path)?.text(of: setting.value, numbers) ?? numbers.setting(setting.value)
        return "\(label(setting.path, numbers.language)): \(value)"
    }

    /// What was done, short enough for a title.
    func phrase(_ action: Intervention.Action, _ numbers: NumberText) -> String {
        guard case .set(let path, let value) = action, control(of: path) != nil else {
            return action.phrase(numbers.language)
        }
        return text(of: Setting(path: path, value: value), numbers)
    }

    private func control(of path: String) -> Control? { first { $0.path == path } }
}

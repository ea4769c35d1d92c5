import Scenario

extension NumberText {
    /// A setting's value as people read it: `500 ms` for `500ms`, in Spanish `0,8` for `0.8`. What is no number, nor a
    /// word of the scenario format, stays as it is written.
    func setting(_ value: String) -> String {
        switch value {
        case "true": language == .spanish ? "sí" : "on"
        case "false": language == .spanish ? "no" : "off"
        case "none" where language == .spanish: "no"
        case "unlimited" where language == .spanish: "sin límite"
        default: Duration(written: value).map(duration) ?? number(value)
        }
    }

    /// `12.5 %` for `12.5%`.
    private func number(_ value: String) -> String {
        let isShare = value.hasSuffix("%")
        let digits = isShare ? String(value.dropLast()) : value
        guard Double(digits) != nil else { return value }
        return digits.replacing(".", with: String(decimalSign)) + (isShare ? " %" : "")
    }
}

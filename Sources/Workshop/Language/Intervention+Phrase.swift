import Scenario

extension Intervention.Action {
    /// What was done, short enough for a title.
    func phrase(_ language: Language) -> String {
        switch self {
        case .set(let path, let value): "\(path.split(separator: ".").suffix(2).joined(separator: ".")) = \(value)"
        case .kill(let backend): LocalizedText(en: "\(backend) killed", es: "\(backend) caído")(language)
        case .restore(let backend): LocalizedText(en: "\(backend) restored", es: "\(backend) restaurado")(language)
        case .inject(let fault, let backend, _): "\(backend): \(fault.phrase(language))"
        case .crash(let cache): LocalizedText(en: "\(cache) crashes", es: "\(cache) se cae")(language)
        case .restart(let cache): LocalizedText(en: "\(cache) restarts", es: "\(cache) se reinicia")(language)
        case .join(let server): LocalizedText(en: "\(server) joins", es: "\(server) entra")(language)
        case .leave(let server): LocalizedText(en: "\(server) leaves", es: "\(server) sale")(language)
        }
    }
}

extension Fault {
    func phrase(_ language: Language) -> String {
        let text =
            switch self {
            case .down: LocalizedText(en: "down", es: "caído")
            case .errors(let share, let answer):
                LocalizedText(
                    en: "\(NumberText(.english).percent(share)) \(answer.phrase(.english))",
                    es: "\(NumberText(.spanish).percent(share)) de \(answer.phrase(.spanish))")
            case .addedLatency: LocalizedText(en: "slower", es: "más lento")
            case .slow(let factor): LocalizedText(
                    en: "slower (x\(NumberText(.english).factor(factor)))",
                    es: "más lento (x\(NumberText(.spanish).factor(factor)))")
            case .hang: LocalizedText(en: "hangs", es: "colgado")
            case .blackhole: LocalizedText(en: "unreachable", es: "inalcanzable")
            }
        return text(language)
    }
}

extension ErrorAnswer {
    /// What many answers of the kind are called: `errors`, `503`.
    fileprivate func phrase(_ language: Language) -> String {
        let text =
            switch self {
            case .failed: LocalizedText(en: "errors", es: "errores")
            case .reset: LocalizedText(en: "broken connections", es: "conexiones cortadas")
            case .status(let status, _): LocalizedText("\(status)")
            }
        return text(language)
    }
}

import Trace

/// The sentences for what load balancers decide.
extension EventPhrase {
    static func balancing(_ event: Event) -> EventPhrase {
        switch event.kind {
        case .balancerCompared:
            EventPhrase("{component} looks at {detail}", "{component} mira {detail}", isMinor: true)
        case .balancerPicked:
            EventPhrase(
                "{component} picks {detail} ({number} on their way)", "{component} elige {detail} ({number} en camino)")
        case .balancerRefused:
            EventPhrase("{component} has no server to send it to", "{component} no tiene servidor al que enviarla")
        case .keyMoved:
            EventPhrase("{detail} moves to another server", "{detail} cambia de servidor")
        case .serverScored:
            EventPhrase(
                "{component} expects {time} of {detail}", "{component} espera {time} de {detail}", isMinor: true)
        case .sectorOwned:
            EventPhrase(
                "{detail} takes sector {number} of {component}", "{detail} toma el sector {number} de {component}",
                isMinor: true)
        default: EventPhrase("{component}: {detail}", "{component}: {detail}", isMinor: true)
        }
    }

    /// Who is in a pool, and who may be picked.
    static func membership(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.serverJoined, _): EventPhrase("{detail} joins {component}", "{detail} entra en {component}")
        case (.serverLeft, _): EventPhrase("{detail} leaves {component}", "{detail} sale de {component}")
        case (.serverWeighed, _):
            EventPhrase("the weight of {detail} changes", "cambia el peso de {detail}", isMinor: true)
        case (.healthChecked, .ok), (.healthChecked, .none):
            EventPhrase(
                "{detail} passes its check ({number} in a row)", "{detail} pasa su comprobación ({number} seguidas)",
                isMinor: true)
        case (.healthChecked, _):
            EventPhrase(
                "{detail} fails its check ({number} in a row)", "{detail} falla su comprobación ({number} seguidas)")
        case (.serverDown, _): EventPhrase("{component} marks {detail} down", "{component} da {detail} por caído")
        case (.serverUp, _): EventPhrase("{component} marks {detail} up", "{component} da {detail} por sano")
        case (.outlierFound, _):
            EventPhrase("{component} stands out: {detail}", "{component} destaca: {detail}")
        case (.serverEjected, _):
            EventPhrase("{component} ejects {detail} for {time}", "{component} expulsa {detail} durante {time}")
        case (.ejectionRefused, _):
            EventPhrase(
                "{detail} stays: {number} are out already", "{detail} se queda: ya hay {number} fuera")
        case (.serverReturned, _): EventPhrase("{detail} is back in {component}", "{detail} vuelve a {component}")
        case (.panicStarted, _):
            EventPhrase(
                "{component} panics: too few are healthy, so all are used",
                "{component} entra en pánico: quedan pocos sanos y usa todos")
        default: EventPhrase("{component} panics no more", "{component} sale del pánico")
        }
    }
}

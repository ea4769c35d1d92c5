import Trace

/// The sentences for what load balancers decide.
extension EventPhrase {
    static func balancing(_ event: Event) -> EventPhrase {
        switch event.kind {
        case .balancerCompared:
            EventPhrase("{component} looks at {server}", "{component} mira {server}", isMinor: true)
        case .balancerPicked:
            EventPhrase(
                "{component} picks {server} ({number} on the way)", "{component} elige {server} ({number} en camino)")
        case .balancerRefused:
            EventPhrase("{component} has no server to send it to", "{component} no tiene servidor al que enviarla")
        case .keyMoved:
            EventPhrase("{detail} moves to another server", "{detail} cambia de servidor")
        case .serverScored:
            EventPhrase(
                "{component} expects {time} of {server}", "{component} espera {time} de {server}", isMinor: true)
        case .sectorOwned:
            EventPhrase(
                "{server} takes sector {number} of {component}", "{server} toma el sector {number} de {component}",
                isMinor: true)
        default: EventPhrase("{component}: {server}", "{component}: {server}", isMinor: true)
        }
    }

    /// Who is in a pool, and who may be picked.
    static func membership(_ event: Event, _ detail: String) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.serverJoined, _): EventPhrase("{server} joins {component}", "{server} entra en {component}")
        case (.serverLeft, _): EventPhrase("{server} leaves {component}", "{server} sale de {component}")
        case (.serverWeighed, _):
            EventPhrase(
                "the weight of {server} is now {weight}", "el peso de {server} es ahora {weight}", isMinor: true)
        case (.healthChecked, .ok), (.healthChecked, .none):
            EventPhrase(
                "{server} passes {number check/checks in a row}",
                "{server} pasa {number comprobación/comprobaciones seguidas}", isMinor: true)
        case (.healthChecked, _):
            EventPhrase(
                "{server} fails {number check/checks in a row}",
                "{server} falla {number comprobación/comprobaciones seguidas}")
        case (.serverDown, _): EventPhrase("{component} marks {server} down", "{component} da por caído a {server}")
        case (.serverUp, _): EventPhrase("{component} marks {server} up", "{component} da por sano a {server}")
        case (.outlierFound, _): outlier(detail)
        case (.serverEjected, _):
            EventPhrase("{component} ejects {server} for {time}", "{component} expulsa a {server} durante {time}")
        case (.ejectionRefused, _):
            EventPhrase(
                "{server} stays: {number is/are} out already", "{server} se queda: ya hay {number} fuera")
        case (.serverReturned, _): EventPhrase("{server} is back in {component}", "{server} vuelve a {component}")
        case (.panicStarted, _):
            EventPhrase(
                "{component} panics: too few are healthy, so all are used",
                "{component} entra en pánico: quedan pocos sanos y usa todos")
        default: EventPhrase("{component} panics no more", "{component} sale del pánico")
        }
    }

    /// In what a server differs from the others.
    private static func outlier(_ detail: String) -> EventPhrase {
        switch detail {
        case "consecutive":
            EventPhrase(
                "{component} has failed {number time/times in a row}",
                "{component} ha fallado {number vez/veces seguidas}")
        case "failures":
            EventPhrase("{component} has failed {number time/times}", "{component} ha fallado {number vez/veces}")
        case "gateway":
            EventPhrase(
                "{component} has answered 502, 503 or 504 {number time/times in a row}",
                "{component} ha respondido 502, 503 o 504 {number vez/veces seguidas}")
        case "success rate":
            EventPhrase(
                "the success rate of {component} is unlike the others': {share}",
                "la tasa de éxito de {component} desentona: {share}")
        case "failure percentage":
            EventPhrase("{component} fails too often: {share}", "{component} falla demasiado: {share}")
        default: EventPhrase("{component} stands out: {detail}", "{component} desentona: {detail}")
        }
    }
}

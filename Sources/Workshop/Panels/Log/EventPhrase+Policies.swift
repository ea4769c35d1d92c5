import Trace

/// The sentences for what policies decide.
extension EventPhrase {
    /// A whole pass, and what a layer is set to.
    static func guarding(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.guardStarted, _):
            EventPhrase("{client} goes through {component}", "{client} pasa por {component}", isMinor: true)
        case (.guardFinished, .ok), (.guardFinished, .none):
            EventPhrase(
                "{component} has its answer after {time}", "{component} tiene su respuesta a los {time}", isMinor: true)
        case (.guardFinished, .cancelled):
            EventPhrase(
                "{component} is no longer needed after {time}", "{component} ya no hace falta a los {time}",
                isMinor: true)
        case (.guardFinished, _):
            EventPhrase(
                "{component} fails after {time}: {error}", "{component} falla a los {time}: {error}", isMinor: true)
        default: EventPhrase("{component}: {setting}", "{component}: {setting}", isMinor: true)
        }
    }

    /// - Parameter why: the event's detail.
    static func timeout(_ why: String) -> EventPhrase {
        switch why {
        case "connect":
            EventPhrase(
                "after {time} {layer} ends the wait for a connection to {work}",
                "a los {time} {layer} acaba con la espera de una conexión con {work}")
        case "read":
            EventPhrase(
                "after {time} {layer} ends the wait for an answer from {work}",
                "a los {time} {layer} acaba con la espera de la respuesta de {work}")
        case "deadline":
            EventPhrase(
                "after {time} the deadline passes and stops {work}", "a los {time} vence el plazo y corta {work}")
        default:
            EventPhrase("after {time} {layer} stops {work}", "a los {time} {layer} corta {work}")
        }
    }

    static func retry(_ event: Event, _ why: String) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.attemptStarted, _):
            EventPhrase(
                "attempt {attempt} of {work} begins", "empieza el intento {attempt} de {work}",
                isMinor: event.value <= 1)
        case (.attemptFinished, .ok), (.attemptFinished, .none):
            EventPhrase(
                "attempt {attempt} of {work} succeeds after {time}",
                "el intento {attempt} de {work} sale bien a los {time}", isMinor: true)
        case (.attemptFinished, .cancelled):
            EventPhrase(
                "attempt {attempt} of {work} is cancelled after {time}",
                "el intento {attempt} de {work} queda cancelado a los {time}", isMinor: true)
        case (.attemptFinished, _):
            EventPhrase(
                "attempt {attempt} of {work} fails after {time}: {error}",
                "el intento {attempt} de {work} falla a los {time}: {error}", isMinor: true)
        case (.backoffFloor, _):
            EventPhrase("jitter may choose from {time} on", "el jitter puede elegir desde {time}", isMinor: true)
        case (.backoffCeiling, _): EventPhrase("and up to {time}", "y hasta {time}", isMinor: true)
        case (.retryScheduled, _) where why == "Retry-After":
            EventPhrase(
                "attempt {attempt} of {work} fails; the next in {time}, as Retry-After asks",
                "el intento {attempt} de {work} falla; el siguiente, en {time}, como pide Retry-After")
        case (.retryScheduled, _):
            EventPhrase(
                "attempt {attempt} of {work} fails; the next in {time}{window}",
                "el intento {attempt} de {work} falla; el siguiente, en {time}{window}")
        case (.budgetChanged, _):
            why == "refusal"
                ? EventPhrase(
                    "the retry budget refuses: {balance} left",
                    "el presupuesto de reintentos dice que no: quedan {balance}", isMinor: true)
                : EventPhrase(
                    "retry budget: {balance} left", "presupuesto de reintentos: quedan {balance}", isMinor: true)
        default: givenUp(why, event.outcome)
        }
    }

    private static func givenUp(_ why: String, _ outcome: Outcome) -> EventPhrase {
        switch why {
        case "permanent" where outcome.status == nil && outcome != .none:
            EventPhrase(
                "there is no {nth} attempt of {work}: not retried ({error})",
                "no hay {nth} intento de {work}: no se reintenta ({error})")
        case "attempts":
            EventPhrase(
                "there is no {nth} attempt of {work}: {number is/are} allowed",
                "no hay {nth} intento de {work}: el máximo es {number}")
        case "permanent":
            EventPhrase(
                "there is no {nth} attempt of {work}: {error} will not get better",
                "no hay {nth} intento de {work}: {error} no va a mejorar")
        case "budget":
            EventPhrase(
                "there is no {nth} attempt of {work}: the retry budget is spent",
                "no hay {nth} intento de {work}: el presupuesto de reintentos está agotado")
        case "deadline":
            EventPhrase(
                "there is no {nth} attempt of {work}: the deadline comes first",
                "no hay {nth} intento de {work}: el plazo vence antes")
        case "not idempotent":
            EventPhrase(
                "there is no {nth} attempt of {work}: doing it twice is not safe",
                "no hay {nth} intento de {work}: repetirla no es seguro")
        case "told not to":
            EventPhrase(
                "there is no {nth} attempt of {work}: the server asks for none",
                "no hay {nth} intento de {work}: el servidor pide que no")
        default:
            EventPhrase("there is no {nth} attempt of {work}", "no hay {nth} intento de {work}")
        }
    }

    static func breaker(_ event: Event, _ why: String) -> EventPhrase {
        switch event.kind {
        case .breakerRecorded where why == "slow" && event.outcome == .ok:
            EventPhrase("{layer} counts a slow answer", "{layer} cuenta una respuesta lenta")
        case .breakerRecorded where event.outcome == .ok || event.outcome == .none:
            EventPhrase("{layer} counts a success{tally}", "{layer} cuenta un acierto{tally}", isMinor: true)
        case .breakerRecorded:
            EventPhrase("{layer} counts a failure{tally}", "{layer} cuenta un fallo{tally}")
        case .breakerOpened where why == "forced":
            EventPhrase("{layer} is forced open", "{layer} queda abierto a la fuerza")
        case .breakerOpened where event.value < 0:
            EventPhrase("{layer} opens{tally}", "{layer} se abre{tally}")
        case .breakerOpened:
            EventPhrase("{layer} opens for {time}{tally}", "{layer} se abre durante {time}{tally}")
        case .breakerHalfOpened where event.value == 1:
            EventPhrase(
                "{layer} is half-open: it lets 1 call try", "{layer} queda semiabierto: deja probar a 1 llamada")
        case .breakerHalfOpened:
            EventPhrase(
                "{layer} is half-open: it lets {number} calls try",
                "{layer} queda semiabierto: deja probar a {number} llamadas")
        case .breakerClosed where why == "forced":
            EventPhrase("{layer} is closed again by hand", "{layer} vuelve a cerrarse a mano")
        case .breakerClosed:
            EventPhrase("{layer} closes: the trial went well", "{layer} se cierra: la prueba salió bien")
        case .breakerRejected where event.value < 0:
            EventPhrase("{layer} is open: {request} fails fast", "{layer} está abierto: {request} falla al instante")
        case .breakerRejected:
            EventPhrase(
                "{layer} is open, {time} to go: {request} fails fast",
                "{layer} está abierto, quedan {time}: {request} falla al instante")
        default:
            EventPhrase(
                "{layer} is disabled: everything passes", "{layer} está desactivado: todo pasa")
        }
    }

    static func bulkhead(_ event: Event, _ why: String) -> EventPhrase {
        switch event.kind {
        case .bulkheadEntered:
            EventPhrase(
                "{layer} lets {request} in: {number} inside", "{layer} deja entrar a {request}: {number} dentro",
                isMinor: true)
        case .bulkheadQueued:
            EventPhrase(
                "{layer} is full: {request} queues, place {number}",
                "{layer} está lleno: {request} hace cola, puesto {number}")
        case .bulkheadRejected:
            EventPhrase("{layer} is full: {request} is rejected", "{layer} está lleno: {request} queda rechazada")
        case .bulkheadShed: shed(why)
        case .bulkheadLeft:
            EventPhrase(
                "{request} leaves {layer}: {number} inside", "{request} deja {layer}: {number} dentro",
                isMinor: true)
        default:
            EventPhrase(
                "{layer} now lets {number} in at once", "{layer} deja entrar ahora a {number} a la vez")
        }
    }

    private static func shed(_ why: String) -> EventPhrase {
        switch why {
        case "oldest":
            EventPhrase(
                "{layer} sends {request} away: it waited longest, a newer one takes its place",
                "{layer} echa a {request}: llevaba más que nadie en la cola, entra otra")
        case "codel":
            EventPhrase(
                "{layer} sends {request} away: the queue has stood too long",
                "{layer} echa a {request}: la cola lleva demasiado tiempo sin bajar")
        case "deadline":
            EventPhrase(
                "{layer} sends {request} away: its deadline has passed",
                "{layer} echa a {request}: su plazo ha vencido")
        default:
            EventPhrase(
                "{layer} sends {request} away: it has waited long enough",
                "{layer} echa a {request}: ya ha esperado bastante")
        }
    }

    static func limiter(_ kind: EventKind) -> EventPhrase {
        switch kind {
        case .limiterAdmitted:
            EventPhrase(
                "{layer} lets {request} pass; permits left: {balance}",
                "{layer} deja pasar a {request}; permisos que quedan: {balance}", isMinor: true)
        case .limiterRejected:
            EventPhrase(
                "{layer} has no permit left: {request} is rejected",
                "{layer} no tiene permisos: {request} queda rechazada")
        default:
            EventPhrase("{layer} makes {request} wait {time}", "{layer} hace esperar a {request} {time}")
        }
    }

    static func hedge(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.copyStarted, _) where event.value == 0:
            EventPhrase("{work} is called first", "se llama primero a {work}", isMinor: true)
        case (.copyStarted, _):
            EventPhrase(
                "no answer yet: copy {attempt} of {work} leaves",
                "aún sin respuesta: sale la copia {attempt} de {work}")
        case (.copyFinished, .ok), (.copyFinished, .none):
            EventPhrase("{copy} {work} answers in {time}", "{copy} {work} responde en {time}")
        case (.copyFinished, .cancelled):
            EventPhrase(
                "{copy} {work} is cancelled: another was faster", "{copy} {work} se cancela: otra fue más rápida")
        default:
            EventPhrase("{copy} {work} fails after {time}: {error}", "{copy} {work} falla a los {time}: {error}")
        }
    }

    static func fallback(_ event: Event, _ how: String) -> EventPhrase {
        switch (event.kind, how) {
        case (.fallbackKept, _):
            EventPhrase("the answer is kept for bad times", "la respuesta se guarda por si acaso", isMinor: true)
        case (_, "stale"):
            EventPhrase(
                "the answer of {time} ago stands in for the real one ({error})",
                "la respuesta de hace {time} sustituye a la real ({error})")
        case (_, "partial"):
            EventPhrase("the part is left out of the answer ({error})", "esa parte se omite de la respuesta ({error})")
        case (_, "source"):
            EventPhrase(
                "another source stands in for the first ({error})", "otra fuente sustituye a la primera ({error})")
        default:
            EventPhrase(
                "a default value stands in for the answer ({error})",
                "un valor por defecto sustituye a la respuesta ({error})")
        }
    }
}

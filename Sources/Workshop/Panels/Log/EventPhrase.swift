import Trace

/// The sentence for an event in both languages, with places for names and numbers: see ``EventSentence``.
struct EventPhrase: Hashable {
    var english: String
    var spanish: String
    /// What passes between the steps that matter; shown with less emphasis.
    var isMinor = false

    init(_ english: String, _ spanish: String, isMinor: Bool = false) {
        self.english = english
        self.spanish = spanish
        self.isMinor = isMinor
    }

    /// - Parameters:
    ///   - isClient: whether the component is a client, so that its capacity means users.
    ///   - detail: the event's detail, where it says which of several things happened.
    init(_ event: Event, isClient: Bool, detail: String = "") {
        switch event.kind {
        case .requestStarted:
            self = EventPhrase("{component} starts {request}: {detail}", "{component} inicia {request}: {detail}")
        case .requestFinished: self = Self.requestFinished(event.outcome)
        case .requestKeyed:
            self = EventPhrase("{request} is about {detail}", "{request} trata de {detail}", isMinor: true)
        case .stepStarted:
            self = EventPhrase("{client} begins: {block}", "{client} empieza: {block}", isMinor: true)
        case .stepFinished: self = Self.stepFinished(event.outcome)
        case .merged:
            self = EventPhrase(
                "{client} joins {number answer/answers} ({detail})",
                "{client} une {number respuesta/respuestas} ({detail})")
        case .waitStarted: self = EventPhrase("{client} waits {time}", "{client} espera {time}")
        case .waitFinished:
            self = EventPhrase("{client} has waited {time}", "{client} ha esperado {time}", isMinor: true)
        case .dataMissing:
            self = EventPhrase(
                "{client} needs {detail}, which no answer holds",
                "{client} necesita {detail}, que no está en ninguna respuesta")
        case .callSent, .callArrived, .callQueued, .callRejected, .serviceStarted, .serviceFinished, .callFinished,
            .callAbandoned, .callExpired, .callDetached:
            self = Self.call(event)
        case .branchChosen: self = Self.branch(event, detail)
        case .clockSet: self = Self.clock(event.value)
        case .cacheLookup, .cacheHit, .cacheMiss, .cacheStored, .cacheInvalidated, .cacheAbandoned:
            self = Self.cache(event, detail)
        case .cacheConfigured, .cacheRemoved, .cacheStaleServed, .cacheExpiredServed, .cacheJoined, .cacheDirtied,
            .cacheFlushed, .cacheLost, .cacheEmptied, .cacheWritten:
            self = Self.caching(event, detail)
        case .cachePlaced, .cacheMarked, .cacheHandMoved, .cacheEvicted, .cacheForgotten, .cacheTargetMoved:
            self = Self.eviction(event)
        case .backgroundStarted, .backgroundFinished: self = Self.background(event, detail)
        case .faultStarted: self = EventPhrase("a fault at {component}: {fault}", "un fallo en {component}: {fault}")
        case .faultEnded:
            self = EventPhrase(
                "{component} is normal again (was: {faultName})",
                "{component} vuelve a la normalidad (antes: {faultName})")
        case .parameterSet: self = EventPhrase("a change: {detail}", "un cambio: {detail}")
        case .capacityChanged: self = Self.capacity(event.value, isClient: isClient)
        case .mark: self = EventPhrase("{mark}", "{mark}")
        case .guardStarted, .guardFinished, .layerConfigured: self = Self.guarding(event)
        case .timeoutFired: self = Self.timeout(detail)
        case .attemptStarted, .attemptFinished, .backoffFloor, .backoffCeiling, .retryScheduled, .retryGivenUp,
            .budgetChanged:
            self = Self.retry(event, detail)
        case .breakerRecorded, .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerRejected, .breakerDisabled:
            self = Self.breaker(event, detail)
        case .bulkheadEntered, .bulkheadQueued, .bulkheadRejected, .bulkheadShed, .bulkheadLeft, .limitChanged:
            self = Self.bulkhead(event, detail)
        case .limiterAdmitted, .limiterRejected, .limiterDelayed: self = Self.limiter(event.kind)
        case .copyStarted, .copyFinished: self = Self.hedge(event)
        case .fallbackUsed, .fallbackKept: self = Self.fallback(event, detail)
        case .balancerConfigured, .balancerCompared, .balancerPicked, .balancerRefused, .serverScored, .sectorOwned,
            .keyMoved:
            self = Self.balancing(event)
        case .serverJoined, .serverLeft, .serverWeighed, .healthChecked, .serverDown, .serverUp, .outlierFound,
            .serverEjected, .ejectionRefused, .serverReturned, .panicStarted, .panicEnded:
            self = Self.membership(event, detail)
        }
    }

    private static func requestFinished(_ outcome: Outcome) -> EventPhrase {
        switch outcome {
        case .ok, .none: EventPhrase("{request} is answered in {time}", "{request} queda respondida en {time}")
        case .rejected: EventPhrase("{request} is rejected after {time}", "{request} queda rechazada a los {time}")
        case .refused: EventPhrase("{request} is refused after {time}", "{request} no se admite: {time}")
        case .timedOut: EventPhrase("{request} runs out of time after {time}", "{request} agota su tiempo a los {time}")
        case .cancelled: EventPhrase("{request} is cancelled after {time}", "{request} queda cancelada a los {time}")
        case .failed: EventPhrase("{request} fails after {time}", "{request} falla a los {time}")
        case .shortCircuited, .shed, .limited:
            EventPhrase(
                "{request} is rejected after {time}: {error}", "{request} queda rechazada a los {time}: {error}")
        default: EventPhrase("{request} fails after {time}: {error}", "{request} falla a los {time}: {error}")
        }
    }

    private static func stepFinished(_ outcome: Outcome) -> EventPhrase {
        outcome == .ok || outcome == .none
            ? EventPhrase("{block}: done after {time}", "{block}: hecho en {time}", isMinor: true)
            : EventPhrase("{block}: fails after {time}", "{block}: falla a los {time}")
    }

    private static func branch(_ event: Event, _ label: String) -> EventPhrase {
        if event.value < 0 { return EventPhrase("{client} takes no branch", "{client} no toma ninguna rama") }
        return label.isEmpty
            ? EventPhrase("{client} takes one of the branches", "{client} toma una de las ramas")
            : EventPhrase("{client} takes the branch {detail}", "{client} toma la rama {detail}")
    }

    private static func clock(_ nanoseconds: Int64) -> EventPhrase {
        if nanoseconds == 0 {
            return EventPhrase("the clock of {component} is right", "el reloj de {component} va en hora")
        }
        return nanoseconds > 0
            ? EventPhrase("the clock of {component} is {time} ahead", "el reloj de {component} va {time} adelantado")
            : EventPhrase("the clock of {component} is {time} behind", "el reloj de {component} va {time} atrasado")
    }

    private static func call(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.callSent, _) where event.value < 0:
            EventPhrase("{client} sends {call}", "{client} envía {call}")
        case (.callDetached, .reset):
            EventPhrase("{call} is lost on its way", "{call} se pierde por el camino")
        case (.callDetached, _):
            EventPhrase("{client} does not wait for {call}", "{client} no espera a {call}", isMinor: true)
        case (.callSent, _): EventPhrase("{client} calls {call}", "{client} llama a {call}")
        case (.callArrived, _): EventPhrase("{call} arrives", "{call} llega", isMinor: true)
        case (.callQueued, _):
            EventPhrase("{call} queues: place {number}", "{call} hace cola: puesto {number}")
        case (.callRejected, .refused):
            EventPhrase("{component} is down: {call} refused", "{component} está caído: {call} no se admite")
        case (.callRejected, .throttled), (.callRejected, .unavailable):
            EventPhrase("{component} turns {call} away: {error}", "{component} no atiende {call}: {error}")
        case (.callRejected, _):
            EventPhrase(
                "{call} rejected: {number} in the queue already", "{call} rechazada: ya hay {number} en la cola")
        case (.serviceStarted, _):
            EventPhrase(
                "{call} gets a slot ({number} in service)", "{call} ocupa una plaza ({number} en servicio)",
                isMinor: true)
        case (.serviceFinished, .ok), (.serviceFinished, .none):
            EventPhrase("{call} is done after {time}", "{call} termina tras {time}", isMinor: true)
        case (.serviceFinished, _): EventPhrase("{call} goes wrong after {time}", "{call} sale mal a los {time}")
        case (.callAbandoned, .timedOut):
            EventPhrase("{client} gives up on {call}: out of time", "{client} abandona {call}: tiempo agotado")
        case (.callAbandoned, _): EventPhrase("{client} no longer waits for {call}", "{client} ya no espera a {call}")
        case (.callExpired, _):
            EventPhrase(
                "{component} drops {call}: nobody has waited for it for {time}",
                "{component} descarta {call}: hace {time} que nadie la espera")
        case (_, .ok), (_, .none): EventPhrase("{call} answers in {time}", "{call} responde en {time}")
        case (_, .rejected):
            EventPhrase(
                "{client} hears that {call} was rejected", "{client} se entera de que {call} fue rechazada",
                isMinor: true)
        case (_, .refused):
            EventPhrase(
                "{client} hears that {call} was refused", "{client} se entera de que {call} no se admitió",
                isMinor: true)
        case (_, .timedOut): EventPhrase("{call} runs out of time after {time}", "{call} agota su tiempo a los {time}")
        case (_, .cancelled): EventPhrase("{call} is cancelled after {time}", "{call} queda cancelada a los {time}")
        case (_, .failed):
            EventPhrase("{call} answers with an error after {time}", "{call} responde con un error a los {time}")
        case (_, .reset):
            EventPhrase(
                "the connection to {call} breaks after {time}", "la conexión con {call} se corta a los {time}")
        case (_, .conflict):
            EventPhrase(
                "{call} answers 409 after {time}: someone else was faster",
                "{call} responde 409 a los {time}: otro llegó antes")
        default: EventPhrase("{call} answers {error} after {time}", "{call} responde {error} a los {time}")
        }
    }

    private static func capacity(_ value: Int64, isClient: Bool) -> EventPhrase {
        switch (isClient, value) {
        case (_, ..<0): EventPhrase("{component} has no limit", "{component} no tiene límite", isMinor: true)
        case (true, 1): EventPhrase("{component} has 1 user", "{component} tiene 1 usuario", isMinor: true)
        case (true, _):
            EventPhrase("{component} has {number} users", "{component} tiene {number} usuarios", isMinor: true)
        case (false, 1): EventPhrase("{component} has 1 slot", "{component} tiene 1 plaza", isMinor: true)
        case (false, _):
            EventPhrase("{component} has {number} slots", "{component} tiene {number} plazas", isMinor: true)
        }
    }
}

import type { Bundle } from "../../content/bundle.ts";
import type { Service } from "../../directory/service.ts";
import { NEEDS, type Need } from "../ids.ts";
import { type Check, type Finding, finding } from "./finding.ts";

/** Vietnam has one time zone, without summer time. */
const VIETNAM_MS = 7 * 3_600_000;

/** No service is past its day, and no need is left with lapsed services only. */
export const checkServices: Check = (bundle, { now }) => {
  if (now === undefined) return [];
  const today = new Date(now + VIETNAM_MS).toISOString().slice(0, 10);
  const alone = onlyLapsed(bundle, today);
  return [...lapsed(bundle, today, new Set([...alone.values()].flat())), ...[...alone].map(needFinding(bundle))];
};

/** Services that are the last for a need are reported with the need. */
function lapsed(bundle: Bundle, today: string, alone: ReadonlySet<Service>): readonly Finding[] {
  return bundle.services
    .filter((service) => isShown(service) && service.lapses <= today && !alone.has(service))
    .map((service) => {
      const message = `${service.id} lapsed on ${service.lapses}`;
      const fix = "confirm the number with its source or by a call, then set verified: and lapses:";
      return finding("service-lapsed", bundle.locate(`service:${service.id}`), message, fix);
    });
}

/** Needs whose national services have all lapsed, with those services. */
function onlyLapsed(bundle: Bundle, today: string): ReadonlyMap<Need, readonly Service[]> {
  const found = new Map<Need, readonly Service[]>();
  for (const need of NEEDS) {
    const finer = new Set<string>([need, ...(bundle.needMap?.needs[need] ?? [])]);
    const services = bundle.services.filter(
      (one) => isShown(one) && one.coverage === "national" && one.needs.some((it) => finer.has(it)),
    );
    if (services.length > 0 && services.every((service) => service.lapses <= today)) found.set(need, services);
  }
  return found;
}

function needFinding(bundle: Bundle) {
  return ([need, services]: readonly [Need, readonly Service[]]): Finding => {
    const message = `every national service for ${need} has lapsed: ${services.map((it) => it.id).join(", ")}`;
    const fix = "confirm at least one of them with its source or by a call";
    return finding("services-all-lapsed", bundle.locate(`service:${services[0]?.id}`), message, fix);
  };
}

function isShown(service: Service): boolean {
  return service.show !== "reference-only";
}

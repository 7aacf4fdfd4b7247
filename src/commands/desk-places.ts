import type { DeskPlaces } from "../desk/desk.ts";
import { createNamedUnits } from "../directory/named-unit.ts";
import { parsePlaces } from "../directory/place-data.ts";
import type { App } from "./app.ts";

const COMMUNE = /^\d{5}$/;

/** Places as staff write them: nothing is guessed, and what could be several places is none until they say which. */
export function deskPlaces({ worlds, bundle }: App): DeskPlaces {
  const { places } = worlds.at(0);
  let indexed: ReturnType<typeof index> | undefined;
  const units = () => {
    indexed ??= index(bundle);
    return indexed;
  };
  const resolve = (text: string) => (places.name(text) === undefined ? units().named(text) : text);
  return {
    ...{ provinceOf: worlds.provinceOf, name: (code) => places.name(code), resolve },
    candidates(text) {
      if (resolve(text) !== undefined) return [];
      const codes = units().provinces.map((province) => units().named(`${text}, ${province}`) ?? "");
      return codes.flatMap((code) => {
        const name = COMMUNE.test(code) ? places.name(code) : undefined;
        return name === undefined ? [] : [{ code, name }];
      });
    },
  };
}

function index(bundle: App["bundle"]) {
  const data = parsePlaces(bundle.places);
  return { named: createNamedUnits(data), provinces: data.provinces.provinces.map(({ names }) => names.vi) };
}

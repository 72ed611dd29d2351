/** The address, with the companions that a place finder would fill: lines without a label or a name. */
export function AddressInput({
  name,
  value,
  onValue,
}: {
  readonly name: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  return (
    <div className="address">
      <input
        id={name}
        name={name}
        data-ui="address"
        type="text"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
      {["subregion", "region", "countryCode"].map((companion) => (
        <label key={companion} className="companion">
          <input type="text" tabIndex={-1} aria-hidden="true" data-companion={companion} readOnly />
        </label>
      ))}
    </div>
  );
}

/** The picture with a button that stands in the page until the room is asked for. */
export default `
:host {
  display: block;
}

button {
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 16px;
  inline-size: 100%;
  aspect-ratio: 16 / 9;
  padding: 16px;
  border: 0;
  border-radius: 12px;
  background: #16181d linear-gradient(#0000, #0008) center / cover;
  color: #fff;
  font: 600 16px/1.4 system-ui, sans-serif;
  text-shadow: 0 1px 4px #000c;
  cursor: pointer;
}

button::before {
  content: '';
  inline-size: 72px;
  block-size: 72px;
  border-radius: 50%;
  background: #fff;
  mask: radial-gradient(circle, #000, #000), conic-gradient(from 62deg at 39% 50%, #0000 0 304deg, #000 0) center / 40% 40% no-repeat;
  mask-composite: exclude;
  transition: scale 0.15s;
}

button:hover::before {
  scale: 1.06;
}

button:focus-visible {
  outline: 3px solid #7a8cff;
  outline-offset: 3px;
}

@media (prefers-reduced-motion: reduce) {
  button::before {
    transition: none;
  }
}
`;

import { IlsChat, IlsPlayer, IlsRoom } from 'ils-kit/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const server = import.meta.env.VITE_ILS_SERVER;

function Show() {
  const [state, setState] = useState('idle');
  return (
    <>
      <p id="state">{state}</p>
      <IlsRoom
        server={server}
        room="demo"
        tokenUrl={`${server}/dev/token?role=viewer`}
        autoJoin
        onIlsStateChanged={(event) => setState(event.target.state)}
      >
        <IlsPlayer />
        <IlsChat placeholder="From React" />
      </IlsRoom>
    </>
  );
}

createRoot(document.querySelector('#app')).render(<Show />);

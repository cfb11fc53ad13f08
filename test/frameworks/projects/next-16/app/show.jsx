'use client';

import { IlsChat, IlsPlayer, IlsRoom } from 'ils-kit/react';
import { useState } from 'react';

const server = process.env.ILS_SERVER;

export function Show() {
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
        <IlsChat placeholder="From Next" />
      </IlsRoom>
    </>
  );
}

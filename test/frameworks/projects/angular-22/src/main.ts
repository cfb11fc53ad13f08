import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'ils-kit/define/chat';
import 'ils-kit/define/player';
import 'ils-kit/define/room';
import type { IlsRoom } from 'ils-kit/define/room';

// Written in by the test; a site has it in its environment files.
const server = 'ILS_SERVER_ADDRESS';

@Component({
  selector: 'app-show',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <p id="state">{{ state() }}</p>
    <ils-room
      [server]="server"
      room="demo"
      [tokenUrl]="server + '/dev/token?role=viewer'"
      auto-join
      (ils-state-changed)="follow($event)"
    >
      <ils-player></ils-player>
      <ils-chat placeholder="From Angular"></ils-chat>
    </ils-room>
  `,
})
class Show {
  readonly server = server;
  readonly state = signal('idle');

  follow({ target }: Event): void {
    this.state.set((target as IlsRoom).state);
  }
}

void bootstrapApplication(Show, { providers: [provideZonelessChangeDetection()] });
